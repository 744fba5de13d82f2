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
    perform handoff_private.continue_act('replayed', p_receipt);
    perform handoff_private.record_act(p_event_receipt => p_receipt);
  end if;
  return v_receipt;
end;
$$;

comment on function handoff.replay_partner_event(uuid) is
  'Runs a parked or rejected event again. An applied one is left alone and answered as duplicate. TH403, TH404, TH409'
  ' body dropped.';
