-- Lock order: profile, enrollments.
create or replace function handoff.set_cohort(p_enrollment_id uuid, p_cohort text, p_reason text)
returns text
language plpgsql
volatile
security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_cohort text;
begin
  perform handoff_private.require_admin();
  perform handoff_private.begin_act('cohort_set', handoff_private.require_reason(p_reason));
  v_cohort := handoff_private.stored_cohort(p_cohort);
  perform handoff_private.lock_enrollments_of(
    (select e.student_id from handoff.enrollments as e where e.id = p_enrollment_id)
  );
  perform handoff_private.lock_enrollment(p_enrollment_id);
  perform handoff_private.note_cohort(p_enrollment_id, v_cohort);
  return v_cohort;
end;
$$;

comment on function handoff.set_cohort(uuid, text, text) is
  'Puts an enrollment into a cohort, or with null or an empty text into none; returns it as it is stored. TH400, '
  'TH403, TH404.';
