-- Lock order: profile, enrollments, steps, certificate.
create or replace function handoff.enroll_person(
  p_email text, p_full_name text, p_program_slug text, p_cohort text default null
)
returns table (profile_id uuid, enrollment_id uuid, made_person boolean, made_enrollment boolean)
language plpgsql
volatile
security definer
set search_path = pg_catalog, pg_temp
as $$
begin
  perform handoff_private.require_admin();
  return query
  select m.profile_id, m.enrollment_id, m.made_person, m.made_enrollment
  from handoff_private.enroll_somebody(p_email, p_full_name, p_program_slug, p_cohort) as m;
end;
$$;

comment on function handoff.enroll_person(text, text, text, text) is
  'Enrolls the person with this address, who is made when new, in a cohort. An enrollment that is open or completed '
  'already stays as it is. TH400, TH403, TH404, TH409 closed, TH422 not configured.';
