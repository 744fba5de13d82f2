-- Lock order: account, event, steps, certificate.
-- The caller holds: profile, enrollments.
-- The caller also holds the row of the event.
create or replace function handoff_private.assign_applied(
  p_event handoff.partner_events, p_read handoff.partner_events, p_step_id uuid
)
returns handoff.event_receipt
language plpgsql
volatile
as $$
declare
  v_step       handoff.enrollment_steps;
  v_enrollment text;
begin
  if p_event.meaning is distinct from 'completion' or not coalesce(p_event.passed, true) then
    return handoff_private.receipt_of(p_event, 'duplicate', p_event.status || ':' || p_event.reason);
  end if;
  perform handoff_private.require_step_of_event(p_read, p_step_id);
  select s.* into strict v_step from handoff.enrollment_steps as s where s.id = p_step_id;
  v_enrollment := handoff_private.enrollment_status(v_step.enrollment_id);
  if v_step.status = 'completed' and v_step.completed_by = p_event.receipt then
    return handoff_private.receipt_of(p_event, 'duplicate', p_event.status || ':' || p_event.reason);
  elsif v_step.status in ('completed', 'skipped') or v_enrollment <> 'active' then
    perform handoff_private.refuse_state(
      'step', p_step_id, v_step.status, 'Choose an open step of an active enrollment, or open this one again first.'
    );
  elsif handoff_private.is_credited(p_event) then
    return handoff_private.credit_further(p_event, p_step_id);
  end if;
  return handoff_private.apply_event(p_read, p_step_id, p_read.student_id);
end;
$$;

comment on function handoff_private.assign_applied(handoff.partner_events, handoff.partner_events, uuid) is
  'Assigns a completion that was applied to a further open step; p_read: as it is read today. TH403, TH404, TH409.';
