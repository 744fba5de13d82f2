-- Lock order: account, profile, enrollments of the student by id, new event row, steps in order, certificate.
-- Of equal deliveries at the same time one gets its row in; the others wait for it there, or on the profile, find it and do
-- nothing. The row is written once, with its outcome; whatever goes wrong while deciding, the raw body is stored.
create or replace function handoff.receive_partner_event(
  p_partner_slug text,
  p_event_key text,
  p_body bytea,
  p_channel text default 'webhook',
  p_context jsonb default '{}'
)
returns handoff.event_receipt
language plpgsql
volatile
security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_event   handoff.partner_events;
  v_receipt handoff.event_receipt;
begin
  v_event.event_key := handoff_private.check_delivery(p_event_key, p_body, p_channel, p_context);
  v_event.partner_slug := p_partner_slug;
  v_event.receipt := gen_random_uuid();
  v_event.received_at := handoff.clock();
  v_event.repetition := 0;
  v_event.channel := p_channel;
  v_event.context := p_context;
  v_event.body := p_body;
  v_receipt := handoff_private.complete_at_once(v_event);
  if v_receipt.receipt is not null then
    return v_receipt;
  end if;
  v_receipt := handoff_private.apply_event(v_event, p_is_new => true);
  if v_receipt is null then
    return handoff_private.receive_again(p_partner_slug, p_event_key, p_body, p_channel, p_context);
  end if;
  return v_receipt;
end;
$$;

comment on function handoff.receive_partner_event(text, text, bytea, text, jsonb) is
  'Stores a delivery and applies it, once per partner and key. TH400 malformed call, TH403 channel of another role, TH404 unknown partner, TH410 retired partner, TH413 too large.';
