-- Lock order: none.
-- The caller holds: enrollments.
create or replace function handoff_private.note_cohort(p_enrollment_id uuid, p_cohort text)
returns void
language plpgsql
volatile
as $$
begin
  update handoff.enrollments as e
  set cohort = p_cohort
  where e.id = p_enrollment_id and e.cohort is distinct from p_cohort;
  if found then
    perform handoff_private.record_act(p_enrollment_id => p_enrollment_id, p_act => 'cohort_set');
  end if;
end;
$$;

comment on function handoff_private.note_cohort(uuid, text) is
  'Puts an enrollment into a cohort, and writes that down.';
