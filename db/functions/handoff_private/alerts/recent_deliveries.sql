-- The outcomes are walked in their index, so it costs the same whatever the inbox holds.
create or replace function handoff_private.recent_deliveries(
  p_partner_slug text, p_count integer, p_with_tests boolean default false
)
returns table (received_at timestamptz)
language sql
stable
as $$
  with recursive outcome (reason) as (
    select min(e.reason)
    from handoff.partner_events as e
    where e.partner_slug = p_partner_slug and e.channel = 'webhook'
    union all
    select (
      select min(e.reason)
      from handoff.partner_events as e
      where e.partner_slug = p_partner_slug and e.channel = 'webhook' and e.reason > o.reason
    )
    from outcome as o
    where o.reason is not null
  )
  select n.received_at
  from outcome as o
  cross join lateral (
    select e.received_at
    from handoff.partner_events as e
    where e.partner_slug = p_partner_slug and e.channel = 'webhook' and e.reason = o.reason
    order by e.position desc
    limit p_count
  ) as n
  where o.reason <> 'test_event' or p_with_tests
  order by n.received_at desc
  limit p_count
$$;

comment on function handoff_private.recent_deliveries(text, integer, boolean) is
  'When the last so many authentic webhooks of a partner came; tests only where they are asked for.';
