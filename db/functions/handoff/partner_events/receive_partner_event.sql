-- Lock order: account, profile, enrollments, event, steps, certificate.
-- Of two equal deliveries at the same time the second waits for the first, on the profile or on the key, and is then
-- answered as known. Whatever goes wrong, the bytes are stored; trouble of the server is raised, to be sent again.
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
  v_event   handoff.partner_events := handoff_private.new_event(p_partner_slug, p_event_key, p_body, p_channel, p_context);
  v_receipt handoff.event_receipt;
  v_taken   text;
begin
  if exists (
    select from handoff.partner_events as e where e.partner_slug = p_partner_slug and e.event_key = p_event_key
  ) then
    return handoff_private.receive_again(v_event);
  end if;
  begin
    v_event := handoff_private.read_event(v_event);
    if v_event.status = 'received' then
      v_receipt := handoff_private.complete_at_once(v_event);
    end if;
  exception
    when others or assert_failure then
      get stacked diagnostics v_taken = constraint_name;
      if handoff_private.is_server_trouble(sqlstate) or v_event.status is null and sqlstate in ('TH404', 'TH410') then
        raise;
      elsif v_event.status is null then
        v_event := handoff_private.read_again(v_event);
      elsif v_taken <> 'partner_events_key_unique' then
        raise warning 'event % could not be completed at once: %',
          v_event.receipt, concat_ws(', ', sqlstate, nullif(v_taken, ''));
      end if;
  end;
  if v_receipt.receipt is null then
    return handoff_private.receive_slowly(v_event);
  end if;
  return v_receipt;
end;
$$;

comment on function handoff.receive_partner_event(text, text, bytea, text, jsonb) is
  'Stores a delivery and applies it, once per partner and key. TH400 malformed call, TH403 channel of another role, '
  'TH404 unknown partner, TH410 retired partner, TH413 too large.';
