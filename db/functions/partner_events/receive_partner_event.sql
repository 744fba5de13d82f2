-- Lock order: new event row, account, enrollments of the student by id, steps in order, certificate.
-- The insert is the gate: of equal deliveries at the same time one gets in, the others wait for it and find it.
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
  v_event handoff.partner_events;
begin
  perform handoff_private.begin_act('partner_event');
  perform handoff_private.check_delivery(p_partner_slug, p_event_key, p_body, p_channel, p_context);
  insert into handoff.partner_events (
    partner_slug, event_key, channel, context, body, body_sha256, received_at, last_seen_at
  )
  select p_partner_slug, p_event_key, p_channel, p_context, p_body, sha256(p_body), c.now, c.now
  from (select handoff.clock() as now) as c
  on conflict (partner_slug, event_key, repetition) do nothing
  returning * into v_event;
  if not found then
    return handoff_private.receive_again(p_partner_slug, p_event_key, p_body, p_channel, p_context);
  end if;
  return handoff_private.apply_event(v_event);
end;
$$;

comment on function handoff.receive_partner_event(text, text, bytea, text, jsonb) is
  'Stores a delivery and applies it, once per partner and key. TH400 malformed call, TH403 channel of another role, TH404 unknown partner, TH410 retired partner, TH413 too large.';
