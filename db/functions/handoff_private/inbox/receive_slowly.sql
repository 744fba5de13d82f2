-- Lock order: account, profile, enrollments, event, steps, certificate.
create or replace function handoff_private.receive_slowly(p_event handoff.partner_events)
returns handoff.event_receipt
language plpgsql
volatile
as $$
declare
  v_receipt handoff.event_receipt;
begin
  v_receipt := handoff_private.apply_event(p_event);
  if v_receipt.receipt is null then
    return handoff_private.receive_again(p_event);
  end if;
  return v_receipt;
end;
$$;

comment on function handoff_private.receive_slowly(handoff.partner_events) is
  'Decides, stores and applies a new event that was read and could not be completed at once.';
