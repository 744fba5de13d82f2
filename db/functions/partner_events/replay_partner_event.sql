-- Lock order: account, enrollments of the student by id, event, steps in order, certificate.
create or replace function handoff.replay_partner_event(p_receipt uuid)
returns handoff.event_receipt
language plpgsql
volatile
security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_event handoff.partner_events;
begin
  perform handoff_private.require_admin();
  perform handoff_private.begin_act('partner_event', null, p_receipt);
  v_event := handoff_private.event_to_decide(p_receipt);
  if v_event.status not in ('parked', 'rejected') then
    return handoff_private.receipt_of(v_event, 'duplicate', v_event.status || ':' || v_event.reason);
  elsif v_event.body is null then
    perform handoff_private.refuse_state('event', p_receipt, v_event.status, 'Its body was dropped after the retention period.');
  end if;
  return handoff_private.apply_event(v_event);
end;
$$;

comment on function handoff.replay_partner_event(uuid) is
  'Runs a parked or rejected event again. An applied one is left alone and answered as duplicate. TH403, TH404, TH409 body dropped.';
