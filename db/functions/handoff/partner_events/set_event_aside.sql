-- Lock order: event.
-- Whoever applies the event holds its row: it is set aside before, or it is applied and this is refused.
create or replace function handoff.set_event_aside(p_receipt uuid, p_reason text)
returns text
language plpgsql
volatile
security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_event handoff.partner_events;
begin
  perform handoff_private.require_admin();
  perform handoff_private.begin_act('set_aside', handoff_private.require_reason(p_reason));
  select e.* into v_event from handoff.partner_events as e where e.receipt = p_receipt for no key update;
  if not found then
    raise exception using
      errcode = 'TH404',
      message = 'unknown event',
      detail = jsonb_build_object('receipt', p_receipt)::text,
      hint = 'Give the receipt of an event.';
  elsif v_event.status not in ('parked', 'rejected') then
    perform handoff_private.refuse_state('event', p_receipt, v_event.status, 'Only what is parked or rejected is set aside.');
  elsif v_event.set_aside_at is null then
    update handoff.partner_events as e set set_aside_at = handoff.clock(), due_at = null where e.receipt = p_receipt;
    perform handoff_private.record_act(p_event_receipt => p_receipt);
  end if;
  return v_event.status;
end;
$$;

comment on function handoff.set_event_aside(uuid, text) is
  'Takes a parked or rejected event off every list of work; it keeps its outcome, and a replay takes it up again. '
  'Returns its status. TH400, TH403, TH404, TH409 applied.';
