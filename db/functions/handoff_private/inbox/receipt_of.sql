create or replace function handoff_private.receipt_of(p_event handoff.partner_events, p_status text, p_reason text)
returns handoff.event_receipt
language sql
stable
as $$
  select
    p_event.receipt,
    p_status,
    p_reason,
    p_event.enrollment_id,
    p_event.step_id,
    (
      select t.step_id
      from handoff.step_transitions as t
      where t.event_receipt = p_event.receipt and t.enrollment_id = p_event.enrollment_id and t.to_status = 'in_progress'
      order by t.id desc
      limit 1
    )
$$;

comment on function handoff_private.receipt_of(handoff.partner_events, text, text) is
  'The answer for an event that was decided before.';
