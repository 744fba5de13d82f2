-- Lock order: profile, enrollments, steps, certificate.
-- A later step that is in progress or failed goes back to pending first, so two are never current. A step that is
-- reopened behind a current one waits its turn. Under the profile's lock no other enrollment of the program is opened.
create or replace function handoff.reopen_step(p_step_id uuid, p_reason text)
returns text
language plpgsql
volatile
security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_step       handoff.enrollment_steps;
  v_enrollment handoff.enrollments;
  v_blocked    boolean;
begin
  perform handoff_private.require_admin();
  perform handoff_private.begin_act('reopened', handoff_private.require_reason(p_reason));
  perform handoff_private.lock_person_of_enrollment(
    (select s.enrollment_id from handoff.enrollment_steps as s where s.id = p_step_id)
  );
  v_step := handoff_private.lock_step(p_step_id);
  v_enrollment := handoff_private.lock_enrollment(v_step.enrollment_id);
  if v_step.status in ('pending', 'in_progress') then
    return v_step.status;
  elsif v_enrollment.status = 'completed' then
    perform handoff_private.reactivate_enrollment(v_enrollment);
  elsif v_enrollment.status <> 'active' then
    perform handoff_private.refuse_state(
      'step', p_step_id, v_step.status, 'Only a step of an active or a completed enrollment is reopened.'
    );
  end if;
  v_blocked := exists (
    select from handoff.enrollment_steps as s
    where s.enrollment_id = v_step.enrollment_id and s.sequence_order < v_step.sequence_order
      and s.status in ('in_progress', 'failed')
  );
  update handoff.enrollment_steps as s
  set status = 'pending', started_at = null
  where s.enrollment_id = v_step.enrollment_id and s.sequence_order > v_step.sequence_order
    and s.status in ('in_progress', 'failed');
  update handoff.enrollment_steps as s
  set
    status = case when v_blocked then 'pending' else 'in_progress' end,
    started_at = case when not v_blocked then handoff.clock() end,
    completed_at = null,
    partner_completed_at = null
  where s.id = p_step_id
  returning s.status into v_step.status;
  return v_step.status;
end;
$$;

comment on function handoff.reopen_step(uuid, text) is
  'Opens a failed, completed or skipped step again; a later current step waits. A completed enrollment becomes active,'
  ' and its certificate is revoked. Returns the new status. TH403, TH404, TH409.';
