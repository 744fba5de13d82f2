-- Lock order: event.
-- It waits for nobody. Key, hash and outcome stay, so a repeated delivery is still a duplicate, and another body a
-- conflict.
create or replace function handoff.drop_old_bodies(p_older_than interval, p_limit integer default 1000)
returns integer
language plpgsql
volatile
security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_before    timestamptz;
  v_events    integer;
  v_conflicts integer;
begin
  perform handoff_private.require_admin();
  if p_older_than is null or p_older_than < interval '30 days' then
    raise exception using
      errcode = 'TH400',
      message = 'retention period too short',
      detail = jsonb_build_object('older_than', p_older_than)::text,
      hint = 'Bodies are kept for 30 days at least: partners repeat deliveries for days, and people find mistakes later.';
  end if;
  v_before := handoff.clock() - p_older_than;
  with old as (
    select e.receipt
    from handoff.partner_events as e
    where e.received_at < v_before and e.body is not null and e.due_at is null
      and e.status in ('accepted', 'ignored', 'rejected')
    limit greatest(p_limit, 0)
    for no key update skip locked
  )
  update handoff.partner_events as e set body = null from old as o where e.receipt = o.receipt;
  get diagnostics v_events = row_count;
  with old as (
    select c.receipt, c.body_sha256
    from handoff.partner_event_conflicts as c
    join handoff.partner_events as e on e.receipt = c.receipt
    where c.received_at < v_before and c.body is not null and e.status in ('accepted', 'ignored', 'rejected')
    limit greatest(p_limit - v_events, 0)
    for no key update of c skip locked
  )
  update handoff.partner_event_conflicts as c
  set body = null
  from old as o
  where c.receipt = o.receipt and c.body_sha256 = o.body_sha256;
  get diagnostics v_conflicts = row_count;
  return v_events + v_conflicts;
end;
$$;

comment on function handoff.drop_old_bodies(interval, integer) is
  'Drops so many raw bodies that are older and of events that are done; returns how many. What is parked keeps its '
  'body. TH400 less than 30 days, TH403.';
