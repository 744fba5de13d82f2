-- Lock order: account, profile, enrollments, event, steps, certificate.
create or replace function handoff.replay_partner_event(p_receipt uuid)
returns handoff.event_receipt
language plpgsql
volatile
security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_receipt handoff.event_receipt;
begin
  perform handoff_private.require_admin();
  perform handoff_private.begin_act('partner_event', null, p_receipt);
  v_receipt := handoff_private.try_event(p_receipt);
  if v_receipt.status <> 'duplicate' then
    perform handoff_private.record_act(p_event_receipt => p_receipt, p_act => 'replayed');
  end if;
  return v_receipt;
end;
$$;

comment on function handoff.replay_partner_event(uuid) is
  'Decides a parked or rejected event again, or an applied one whose credit does not count any more; any other is left '
  'alone and answered as duplicate. TH403, TH404, TH409 nothing was read before its body was dropped.';
