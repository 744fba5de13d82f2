-- Lock order: event (read only), conflict row. A retry of the same conflict ends in the same row.
create or replace function handoff_private.keep_conflict(
  p_event handoff.partner_events, p_body bytea, p_channel text, p_context jsonb
)
returns handoff.event_receipt
language plpgsql
volatile
as $$
begin
  insert into handoff.partner_event_conflicts as c (
    receipt, body_sha256, body, channel, context, received_at, last_seen_at
  )
  select p_event.receipt, sha256(p_body), p_body, p_channel, p_context, t.now, t.now
  from (select handoff.clock() as now) as t
  on conflict (receipt, body_sha256) do update
  set seen = c.seen + 1, last_seen_at = greatest(excluded.last_seen_at, c.last_seen_at);
  return (p_event.receipt, 'conflict', 'key_reused', null, null, null)::handoff.event_receipt;
end;
$$;

comment on function handoff_private.keep_conflict(handoff.partner_events, bytea, text, jsonb) is
  'Keeps a delivery that reuses a key with another body, apart from the event that has the key.';
