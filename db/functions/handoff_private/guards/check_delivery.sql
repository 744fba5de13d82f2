create or replace function handoff_private.check_delivery(p_event_key text, p_body bytea, p_channel text, p_context jsonb)
returns text
language plpgsql
stable
as $$
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
  elsif (p_channel <> 'webhook' or current_setting('role') <> 'handoff_webhook') and not handoff_private.may_deliver(p_channel) then
    raise exception using
      errcode = 'TH403',
      message = 'channel of another role',
      detail = jsonb_build_object('channel', p_channel, 'role', handoff_private.caller_role())::text,
      hint = 'handoff_webhook sends webhook, handoff_worker csv, handoff_admin csv, evidence and manual.';
  end if;
  return p_event_key;
end;
$$;

comment on function handoff_private.check_delivery(text, bytea, text, jsonb) is
  'The key, when the call is well formed and the calling role may use the channel; TH400, TH403 or TH413 otherwise.';
