-- Lock order: message.
-- It waits for nobody. What is in doubt keeps its body: it may be sent again, as it was.
create or replace function handoff_private.drop_message_bodies(p_settled_before timestamptz, p_limit integer)
returns integer
language plpgsql
volatile
as $$
declare
  v_dropped integer;
begin
  with old as (
    select o.message_id
    from handoff.outbox as o
    where o.body is not null and o.settled_at < p_settled_before and o.status <> 'unknown'
    limit p_limit
    for update skip locked
  )
  update handoff.outbox as o set body = null from old as d where o.message_id = d.message_id;
  get diagnostics v_dropped = row_count;
  return v_dropped;
end;
$$;

comment on function handoff_private.drop_message_bodies(timestamptz, integer) is
  'Drops so many bodies of messages that were sent or given up before a time; returns how many. Null: none.';
