create or replace function handoff_private.metrics_of_partners()
returns table (name text, labels jsonb, value numeric)
language sql
volatile
as $$
  with partner as (
    select p.slug, p.status, jsonb_build_object('partner', p.slug) as labels from handoff.partners as p
  )
  select 'handoff_partner_info', p.labels || jsonb_build_object('status', p.status), 1::numeric from partner as p
  union all
  select 'handoff_partner_breaker_open', p.labels, (b.open_until is not null)::integer::numeric
  from partner as p
  left join handoff.partner_breakers as b on b.partner_slug = p.slug
  union all
  select 'handoff_partner_failures_in_a_row', p.labels, coalesce(b.failures, 0)::numeric
  from partner as p
  left join handoff.partner_breakers as b on b.partner_slug = p.slug
  union all
  select 'handoff_partner_last_event_timestamp_seconds', p.labels, extract(epoch from d.received_at)
  from partner as p
  cross join lateral handoff_private.recent_deliveries(p.slug, 1, true) as d
  union all
  select 'handoff_webhook_refusals_total', p.labels || jsonb_build_object('code', c.code), coalesce(t.refusals, 0)::numeric
  from partner as p
  cross join handoff_private.refusal_codes() as c (code)
  left join handoff.webhook_refusals as t on t.partner_slug = p.slug and t.code = c.code
    and t.day = (select (handoff.clock() at time zone handoff_private.school_zone())::date)
$$;

comment on function handoff_private.metrics_of_partners() is
  'Of each partner: its status, its last webhook, what was refused today, and whether it can be reached.';
