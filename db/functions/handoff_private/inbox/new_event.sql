create or replace function handoff_private.new_event(
  p_partner_slug text, p_event_key text, p_body bytea, p_channel text, p_context jsonb
)
returns handoff.partner_events
language plpgsql
volatile
as $$
declare
  v_event handoff.partner_events;
begin
  if p_event_key is null or p_event_key !~ '^[ -~]+$' or length(p_event_key) > 255 or p_body is null
    or p_channel is null or p_channel not in ('webhook', 'csv', 'evidence', 'manual')
    or jsonb_typeof(p_context) is distinct from 'object'
  then
    raise exception using
      errcode = 'TH400',
      message = 'malformed delivery',
      detail = jsonb_build_object('event_key', left(p_event_key, 255), 'channel', p_channel)::text,
      hint = 'Keys are 1 to 255 printable ASCII characters; the body is not null; the context is a JSON object.';
  elsif octet_length(p_body) > 65536 then
    raise exception using
      errcode = 'TH413',
      message = 'body too large',
      detail = jsonb_build_object('bytes', octet_length(p_body))::text,
      hint = 'Send at most 65536 bytes.';
  elsif (p_channel <> 'webhook' or current_setting('role') <> 'handoff_webhook')
    and not handoff_private.may_deliver(p_channel)
  then
    raise exception using
      errcode = 'TH403',
      message = 'channel of another role',
      detail = jsonb_build_object('channel', p_channel, 'role', handoff_private.caller_role())::text,
      hint = 'handoff_webhook sends webhook, handoff_worker csv, handoff_admin csv, evidence and manual.';
  end if;
  v_event.receipt := gen_random_uuid();
  v_event.partner_slug := p_partner_slug;
  v_event.event_key := p_event_key;
  v_event.repetition := 0;
  v_event.channel := p_channel;
  v_event.context := p_context;
  v_event.body := p_body;
  v_event.received_at := handoff.clock();
  return v_event;
end;
$$;

comment on function handoff_private.new_event(text, text, bytea, text, jsonb) is
  'A delivery as an event that is not read yet: its status is null. TH400 malformed, TH403 channel of another role, '
  'TH413 too large.';
