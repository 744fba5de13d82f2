create or replace function handoff.taken_back_enrollments()
returns table (enrollment_id uuid, partner_name text, since timestamptz)
language plpgsql
stable
security definer
set search_path = pg_catalog, pg_temp
as $$
begin
  perform handoff_private.require_admin();
  return query
  select e.id, min(p.name), max(a.occurred_at)
  from handoff.acts as a
  join handoff.profiles as u on u.id = a.profile_id
  join handoff.enrollments as e on e.student_id = coalesce(u.merged_into, u.id) and e.status = 'completed'
  join handoff.enrollment_steps as s on s.enrollment_id = e.id and handoff_private.lost_its_credit(s)
  join handoff.partners as p on p.slug = s.partner_slug
  where a.act = 'unlinked'
  group by e.id;
end;
$$;

comment on function handoff.taken_back_enrollments() is
  'Completed enrollments that rested on an account which was taken back, and could not be opened again because another '
  'of the program was open. TH403.';
