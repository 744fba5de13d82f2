-- Lock order: account, enrollments of the student by id, event, steps in order, certificate.
create or replace function handoff_private.decide_again(p_receipt uuid)
returns handoff.event_receipt
language plpgsql
volatile
as $$
declare
  v_event handoff.partner_events := handoff_private.event_to_decide(p_receipt);
begin
  perform handoff_private.begin_act('partner_event', null, p_receipt);
  if v_event.status not in ('parked', 'rejected') then
    return handoff_private.receipt_of(v_event, 'duplicate', v_event.status || ':' || v_event.reason);
  elsif v_event.body is null then
    perform handoff_private.refuse_state('event', p_receipt, v_event.status, 'Its body was dropped after the retention period.');
  end if;
  return handoff_private.apply_event(v_event);
end;
$$;

comment on function handoff_private.decide_again(uuid) is
  'Runs a parked or rejected event again; an applied one is answered as duplicate. TH404, TH409 body dropped.';
