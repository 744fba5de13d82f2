-- Caller holds the event row.
create or replace function handoff_private.store_outcome(p_event handoff.partner_events)
returns void
language plpgsql
volatile
as $$
begin
  update handoff.partner_events as e
  set
    status = p_event.status,
    reason = p_event.reason,
    first_outcome = coalesce(e.first_outcome, p_event.status || ':' || p_event.reason),
    error_code = p_event.error_code,
    event_type = p_event.event_type,
    meaning = p_event.meaning,
    external_student_id = p_event.external_student_id,
    item_ref = p_event.item_ref,
    partner_enrollment_ref = p_event.partner_enrollment_ref,
    partner_completed_at = p_event.partner_completed_at,
    passed = p_event.passed,
    result = p_event.result,
    student_id = p_event.student_id,
    enrollment_id = p_event.enrollment_id,
    step_id = p_event.step_id
  where e.receipt = p_event.receipt;
end;
$$;

comment on function handoff_private.store_outcome(handoff.partner_events) is 'Writes what was read and decided to the event''s row; the first outcome stays.';
