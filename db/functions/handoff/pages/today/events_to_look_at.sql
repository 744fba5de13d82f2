-- It walks partner_events_open from one reason to the next, whatever number of events each has. What applies by itself
-- after a person's decision about the enrollment or the partner waits for that one, and is not here.
create or replace function handoff.events_to_look_at()
returns table (partner_slug text, status text, reason text, events integer, since timestamptz, receipt uuid)
language sql
volatile
set search_path = pg_catalog, pg_temp
as $$
  with recursive outcome (partner_slug, reason) as (
    (
      select e.partner_slug, e.reason
      from handoff.partner_events as e
      where e.status not in ('received', 'accepted', 'ignored') and e.set_aside_at is null
      order by e.partner_slug, e.reason
      limit 1
    )
    union all
    select n.partner_slug, n.reason
    from outcome as o
    cross join lateral (
      select e.partner_slug, e.reason
      from handoff.partner_events as e
      where e.status not in ('received', 'accepted', 'ignored') and e.set_aside_at is null
        and (e.partner_slug, e.reason) > (o.partner_slug, o.reason)
      order by e.partner_slug, e.reason
      limit 1
    ) as n
  )
  select o.partner_slug, n.status, o.reason, n.events, n.since, n.receipt
  from outcome as o
  cross join lateral (
    select
      min(e.status), count(*)::integer, min(e.received_at), (array_agg(e.receipt order by e.received_at, e.receipt))[1]
    from (
      select f.receipt, f.status, f.received_at
      from handoff.partner_events as f
      where f.partner_slug = o.partner_slug and f.reason = o.reason and f.set_aside_at is null
        and f.status not in ('received', 'accepted', 'ignored')
      order by f.received_at
      limit 1001
    ) as e
  ) as n (status, events, since, receipt)
  where o.reason not in ('awaiting_approval', 'on_hold', 'withdrawn', 'partner_disabled')
  union all
  select c.partner_slug, 'conflict', 'key_reused', count(*)::integer, min(c.received_at),
    (array_agg(c.receipt order by c.received_at, c.receipt))[1]
  from (
    select e.partner_slug, k.received_at, k.receipt
    from handoff.partner_event_conflicts as k
    join handoff.partner_events as e on e.receipt = k.receipt
    where e.set_aside_at is null and not exists (
      select
      from handoff.alerts as a
      where a.kind = 'events_waiting' and a.about = 'conflict' and a.partner_slug = e.partner_slug and a.closed_at is null
        and (a.acknowledged_at is not null or a.snoozed_until > (select handoff.clock()))
    )
    order by k.received_at desc
    limit 1001
  ) as c
  group by c.partner_slug
$$;

comment on function handoff.events_to_look_at() is
  'Parked, rejected and conflicting deliveries that need a person, by partner and reason: how many, up to 1001, since '
  'when, and the oldest. A conflict never ends: it is left out while its alert is known or left alone.';
