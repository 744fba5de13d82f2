-- Lock order: enrollments, steps, certificate.
-- Only an active enrollment moves. A second call finds the step in progress.
create or replace function handoff.advance_to_next_step(p_enrollment_id uuid)
returns uuid
language plpgsql
volatile
security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_enrollment handoff.enrollments := handoff_private.lock_enrollment(p_enrollment_id);
begin
  perform handoff_private.begin_act('advanced');
  if v_enrollment.status <> 'active' then
    return handoff_private.step_in_progress(p_enrollment_id);
  end if;
  return handoff_private.move_on(p_enrollment_id);
end;
$$;

comment on function handoff.advance_to_next_step(uuid) is
  'Starts the first pending step of an active enrollment when none is in progress or failed, or completes it when all'
  ' are done. Returns the step in progress. TH404.';
