-- Lock order: event, message.
-- It waits for nobody. What was read of an event stays, so it can still be applied.
create or replace function handoff.drop_outdated_bodies(p_limit integer default 1000)
returns integer
language plpgsql
volatile
security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_now       constant timestamptz := handoff.clock();
  v_done_days constant integer := (select s.done_bodies_days from handoff.school as s);
  v_done      integer := 0;
  v_events    integer;
  v_conflicts integer;
  v_messages  integer;
begin
  perform handoff_private.require_admin();
  if v_done_days is not null then
    v_done := handoff.drop_old_bodies(make_interval(days => v_done_days), p_limit);
  end if;
  with old as (
    select e.receipt
    from handoff.partner_events as e
    where e.status = 'parked' and e.body is not null and e.due_at is null
      and e.received_at < v_now - make_interval(days => (select s.parked_bodies_days from handoff.school as s))
    limit greatest(p_limit - v_done, 0)
    for no key update skip locked
  )
  update handoff.partner_events as e set body = null from old as o where e.receipt = o.receipt;
  get diagnostics v_events = row_count;
  with old as (
    select c.receipt, c.body_sha256
    from handoff.partner_event_conflicts as c
    where c.body is not null
      and c.received_at < v_now - make_interval(days => (select s.conflicts_days from handoff.school as s))
    limit greatest(p_limit - v_done - v_events, 0)
    for no key update skip locked
  )
  update handoff.partner_event_conflicts as c
  set body = null
  from old as o
  where c.receipt = o.receipt and c.body_sha256 = o.body_sha256;
  get diagnostics v_conflicts = row_count;
  v_messages := handoff_private.drop_message_bodies(
    v_now - make_interval(days => v_done_days), greatest(p_limit - v_done - v_events - v_conflicts, 0)
  );
  return v_done + v_events + v_conflicts + v_messages;
end;
$$;

comment on function handoff.drop_outdated_bodies(integer) is
  'Drops so many raw bodies of events that are done or parked, of conflicts, and of messages that were sent or given '
  'up, that are older than the school keeps them; returns how many. None where the school has set no age. TH403.';
