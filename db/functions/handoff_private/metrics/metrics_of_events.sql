-- From both ends: behind a mountain of what is old, what is new is still seen.
create or replace function handoff_private.metrics_of_events()
returns table (name text, labels jsonb, value numeric)
language sql
stable
as $$
  with seen as (
    (
      select e.receipt, e.partner_slug, e.status, e.reason, e.received_at, e.set_aside_at
      from handoff.partner_events as e
      where e.status in ('parked', 'rejected')
      order by e.received_at, e.receipt
      limit 1000
    )
    union
    (
      select e.receipt, e.partner_slug, e.status, e.reason, e.received_at, e.set_aside_at
      from handoff.partner_events as e
      where e.status in ('parked', 'rejected')
      order by e.received_at desc, e.receipt desc
      limit 1000
    )
  ),
  waiting as (
    select
      jsonb_build_object('partner', s.partner_slug, 'status', s.status, 'reason', s.reason) as labels,
      count(*) as events, min(s.received_at) as oldest_at
    from seen as s
    where s.set_aside_at is null
    group by s.partner_slug, s.status, s.reason
  )
  select 'handoff_events_waiting', w.labels, w.events from waiting as w
  union all
  select 'handoff_events_waiting_oldest_timestamp_seconds', w.labels, extract(epoch from w.oldest_at) from waiting as w
  union all
  select 'handoff_events_due', '{}', count(*)
  from (select from handoff.partner_events as e where e.due_at is not null limit 1000) as d
$$;

comment on function handoff_private.metrics_of_events() is
  'Of what partners sent: what waits for something, since when, and what is due to be tried again.';
