-- Lock order: enrollments, steps, certificate.
create or replace function handoff.skip_step(p_step_id uuid, p_reason text)
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
  perform handoff_private.begin_act('skipped', handoff_private.require_reason(p_reason));
  v_step := handoff_private.lock_step(p_step_id);
  v_enrollment := handoff_private.lock_enrollment(v_step.enrollment_id);
  if v_step.status = 'skipped' then
    return v_step.status;
  elsif v_enrollment.status <> 'active' or v_step.status = 'completed' then
    perform handoff_private.refuse_state(
      'step', p_step_id, v_step.status, 'Only an open step of an active enrollment is skipped.'
    );
  elsif not exists (
    select from handoff.enrollment_steps as s
    where s.enrollment_id = v_step.enrollment_id and s.id <> p_step_id and s.status <> 'skipped'
  ) then
    perform handoff_private.refuse_state(
      'step', p_step_id, v_step.status, 'An enrollment whose steps are all skipped leads nowhere; withdraw it instead.'
    );
  end if;
  update handoff.enrollment_steps as s set status = 'skipped' where s.id = p_step_id;
  perform handoff_private.move_on(v_step.enrollment_id);
  return 'skipped';
end;
$$;

comment on function handoff.skip_step(uuid, text) is
  'Waives an open step and goes on; refused for the last step that is not skipped. Returns the new status. TH403, '
  'TH404, TH409.';
