create or replace function handoff.event_conflicts(p_receipt uuid)
returns table (body_sha256 bytea, body bytea, channel text, context jsonb, received_at timestamptz, seen integer)
language sql
stable
set search_path = pg_catalog, pg_temp
as $$
  select c.body_sha256, c.body, c.channel, c.context, c.received_at, c.seen
  from handoff.partner_event_conflicts as c
  where c.receipt = p_receipt
  order by c.received_at, c.body_sha256
$$;

comment on function handoff.event_conflicts(uuid) is
  'The other bodies that came under the key of an event, in order of receipt.';
