-- Lock order: enrollments, steps.
-- A failed step blocks the sequence until it is passed, reopened or skipped.
create or replace function handoff.fail_step(p_step_id uuid, p_reason text)
returns text
language plpgsql
volatile
security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_step       handoff.enrollment_steps;
  v_enrollment handoff.enrollments;
begin
  perform handoff_private.require_admin();
  perform handoff_private.begin_act('failed', handoff_private.require_reason(p_reason));
  v_step := handoff_private.lock_step(p_step_id);
  v_enrollment := handoff_private.lock_enrollment(v_step.enrollment_id);
  if v_step.status = 'failed' then
    return v_step.status;
  elsif v_enrollment.status <> 'active' or v_step.status <> 'in_progress' then
    perform handoff_private.refuse_state(
      'step', p_step_id, v_step.status, 'Only the step in progress of an active enrollment is failed.'
    );
  end if;
  update handoff.enrollment_steps as s set status = 'failed' where s.id = p_step_id;
  return 'failed';
end;
$$;

comment on function handoff.fail_step(uuid, text) is
  'Fails the step in progress, which blocks the sequence. Returns the new status. TH403, TH404, TH409.';
