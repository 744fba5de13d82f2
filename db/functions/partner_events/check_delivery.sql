create or replace function handoff_private.check_delivery(
  p_partner_slug text, p_event_key text, p_body bytea, p_channel text, p_context jsonb
)
returns text
language plpgsql
stable
as $$
declare
  v_partner_status text;
begin
  if p_event_key is null or length(p_event_key) not between 1 and 255 or p_event_key ~ '[^ -~]' or p_body is null
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
  elsif not handoff_private.may_deliver(p_channel) then
    raise exception using
      errcode = 'TH403',
      message = 'channel of another role',
      detail = jsonb_build_object('channel', p_channel, 'role', handoff_private.caller_role())::text,
      hint = 'handoff_webhook sends webhook, handoff_worker csv, handoff_admin csv, evidence and manual.';
  end if;
  select p.status into v_partner_status from handoff.partners as p where p.slug = p_partner_slug;
  if not found then
    raise exception using
      errcode = 'TH404',
      message = 'unknown partner',
      detail = jsonb_build_object('partner', p_partner_slug)::text,
      hint = 'Give the slug of a partner.';
  elsif v_partner_status = 'retired' then
    raise exception using
      errcode = 'TH410',
      message = 'partner is retired',
      detail = jsonb_build_object('partner', p_partner_slug)::text,
      hint = 'Stop sending; nothing is stored.';
  end if;
  return p_partner_slug;
end;
$$;

comment on function handoff_private.check_delivery(text, text, bytea, text, jsonb) is
  'The partner''s slug, when the delivery may be stored; TH400, TH403, TH404, TH410 or TH413 otherwise.';
