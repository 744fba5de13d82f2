-- Lock order: reader.
-- First how far ids were drawn, which a sequence says at once, also of who is still at work; then a transaction's id of
-- our own. Transactions get theirs in order, and whoever draws an id of the trail has one by then, since it has locked
-- or written a row before (record_act sees to that). So whoever drew one up to last_id is below ours. A snapshot would
-- not do: its end is the last that has ended.
create or replace function handoff.mark_trail(out last_id bigint, out ends_before xid8)
language plpgsql
volatile
security definer
set search_path = pg_catalog, pg_temp
as $$
begin
  update handoff.trail_readers as r
  set seen_at = handoff.clock()
  where r.name in (
    select o.name
    from handoff.trail_readers as o
    where o.seen_at < handoff.clock() - interval '30 seconds'
    for update skip locked
  );
  select case when s.is_called then s.last_value else s.last_value - 1 end
  into last_id
  from handoff.step_transitions_id_seq as s;
  if exists (select from handoff.trail_readers as r where r.position < last_id) then
    ends_before := pg_current_xact_id();
  end if;
end;
$$;

comment on function handoff.mark_trail() is
  'How far the audit trail goes, and below which transaction all must have ended before that much of it is decided; '
  'null: all of it was followed. For this server alone: keep it no longer than a connection.';
