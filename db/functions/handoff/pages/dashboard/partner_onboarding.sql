-- Each figure is one look into an index, whatever the inbox holds: its outcomes are walked, not its events.
create or replace function handoff.partner_onboarding()
returns table (
  partner_slug text,
  partner_name text,
  status text,
  signature_scheme text,
  refusals bigint,
  last_refusal_code text,
  first_event_at timestamptz,
  first_test_at timestamptz,
  first_advance_at timestamptz,
  last_event_at timestamptz
)
language sql
stable
set search_path = pg_catalog, pg_temp
as $$
  select
    p.slug, p.name, p.status, p.signature_scheme, r.refusals, r.last_code,
    d.first_at, d.first_test_at, a.first_at, d.last_at
  from handoff.partners as p
  cross join lateral (
    select
      coalesce(sum(w.refusals), 0)::bigint as refusals,
      (array_agg(w.code order by w.day desc, w.refusals desc, w.code))[1] as last_code
    from handoff.webhook_refusals as w
    where w.partner_slug = p.slug
  ) as r
  cross join lateral (
    with recursive outcome (reason) as (
      select min(e.reason)
      from handoff.partner_events as e
      where e.partner_slug = p.slug and e.channel = 'webhook'
      union all
      select (
        select min(e.reason)
        from handoff.partner_events as e
        where e.partner_slug = p.slug and e.channel = 'webhook' and e.reason > o.reason
      )
      from outcome as o
      where o.reason is not null
    )
    select
      min(f.received_at) as first_at,
      max(l.received_at) as last_at,
      min(f.received_at) filter (where o.reason = 'test_event') as first_test_at
    from outcome as o
    cross join lateral (
      select e.received_at
      from handoff.partner_events as e
      where e.partner_slug = p.slug and e.channel = 'webhook' and e.reason = o.reason
      order by e.position
      limit 1
    ) as f
    cross join lateral (
      select e.received_at
      from handoff.partner_events as e
      where e.partner_slug = p.slug and e.channel = 'webhook' and e.reason = o.reason
      order by e.position desc
      limit 1
    ) as l
  ) as d
  left join lateral (
    select e.received_at as first_at
    from handoff.partner_events as e
    where e.partner_slug = p.slug and e.channel = 'webhook' and e.reason = 'completed'
      and e.first_outcome = 'accepted:completed'
    order by e.position
    limit 1
  ) as a on true
  order by p.name
$$;

comment on function handoff.partner_onboarding() is
  'A row per partner: refused deliveries, its first and last authentic webhook, its first test event, and the first '
  'that moved a student on by itself.';
