-- The key is known. Lock order: event row, or the new one of a repeat; after whatever receive_partner_event has locked.
create or replace function handoff_private.receive_again(
  p_partner_slug text, p_event_key text, p_body bytea, p_channel text, p_context jsonb
)
returns handoff.event_receipt
language plpgsql
volatile
as $$
declare
  v_event handoff.partner_events;
begin
  select e.*
  into strict v_event
  from handoff.partner_events as e
  where e.partner_slug = p_partner_slug and e.event_key = p_event_key
  order by e.repetition desc
  limit 1;
  if v_event.body_sha256 <> sha256(p_body) then
    return handoff_private.keep_conflict(v_event, p_body, p_channel, p_context);
  elsif p_event_key = encode(v_event.body_sha256, 'hex') and v_event.status in ('accepted', 'ignored')
    and handoff_private.would_complete(v_event, p_body)
  then
    return handoff_private.keep_possible_repeat(v_event, p_body, p_channel, p_context);
  end if;
  update handoff.partner_events as e
  set seen = e.seen + 1, last_seen_at = greatest(handoff.clock(), e.last_seen_at)
  where e.receipt = v_event.receipt;
  return handoff_private.receipt_of(v_event, 'duplicate', v_event.first_outcome);
end;
$$;

comment on function handoff_private.receive_again(text, text, bytea, text, jsonb) is
  'A delivery under a known key: a duplicate, a conflict when the body is another, or a possible repeat.';
