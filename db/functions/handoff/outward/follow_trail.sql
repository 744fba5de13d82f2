-- Lock order: reader, watch, message.
-- Who finds another at it leaves it to that one. The trail up to the mark is decided when all transactions have ended
-- that were at work then; only one that has written keeps others waiting, and its rows come later than those that they
-- follow.
create or replace function handoff.follow_trail(
  p_last_id bigint, p_ends_before xid8, p_limit integer default 1000, p_reader text default 'messages'
)
returns integer
language plpgsql
volatile
security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_from bigint;
  v_upto bigint;
begin
  if p_ends_before is null then
    return 0;
  elsif pg_snapshot_xmin(pg_current_snapshot()) < p_ends_before then
    return null;
  end if;
  select r.position into v_from from handoff.trail_readers as r where r.name = p_reader for update skip locked;
  if not found then
    return null;
  end if;
  v_upto := least(p_last_id, v_from + p_limit);
  if v_upto <= v_from then
    return 0;
  end if;
  case p_reader
    when 'messages' then
      perform handoff_private.make_messages(v_from, v_upto);
    when 'watch' then
      perform handoff_private.watch_trail(v_from, v_upto);
  end case;
  update handoff.trail_readers as r set position = v_upto, moved_at = handoff.clock() where r.name = p_reader;
  return (v_upto - v_from)::integer;
end;
$$;

comment on function handoff.follow_trail(bigint, xid8, integer, text) is
  'Makes what a reader makes of the next part of the audit trail, up to a mark of mark_trail: messages those that go '
  'out, watch how the enrollments stand. Returns how many ids it went on. Null: not yet, since somebody is still '
  'writing below the mark, or somebody else is at it.';
