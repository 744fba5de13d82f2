-- Lock order: account, profile, enrollments, event.
-- Two at the same time make one row: the second is told of the first.
create or replace function handoff_private.keep_possible_repeat(
  p_known handoff.partner_events, p_event handoff.partner_events
)
returns handoff.event_receipt
language plpgsql
volatile
as $$
declare
  v_event handoff.partner_events := p_event;
begin
  v_event.repetition := p_known.repetition + 1;
  v_event.status := 'parked';
  v_event.reason := 'possible_repeat';
  v_event.event_type := p_known.event_type;
  v_event.meaning := p_known.meaning;
  v_event.external_student_id := p_known.external_student_id;
  v_event.item_ref := p_known.item_ref;
  v_event.partner_completed_at := p_known.partner_completed_at;
  v_event.partner_completed_day_only := p_known.partner_completed_day_only;
  v_event.passed := null;
  v_event.result := null;
  v_event.partner_enrollment_ref := null;
  v_event.left_out := null;
  v_event.refused_field := null;
  v_event.error_code := null;
  v_event.student_id := p_known.student_id;
  v_event.enrollment_id := null;
  v_event.step_id := null;
  if not handoff_private.store_event(v_event) then
    return handoff_private.receive_again(p_event);
  end if;
  return (v_event.receipt, v_event.status, v_event.reason, null, null, null)::handoff.event_receipt;
end;
$$;

comment on function handoff_private.keep_possible_repeat(handoff.partner_events, handoff.partner_events) is
  'Parks a repeated body that could be a new completion: only a person can tell it from a retry.';
