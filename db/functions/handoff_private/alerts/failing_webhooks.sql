-- Of what is refused before its signature is checked, anybody can send as much as there is: that is a notice at most.
-- How many there were in all is counted no further than it matters.
create or replace function handoff_private.failing_webhooks(p_now timestamptz)
returns setof handoff_private.finding
language sql
stable
as $$
  with failed (partner_slug, about, code, failures) as (
    select
      r.partner_slug,
      case
        when r.code = 'too_large' then 'too_large'
        when r.code like 'unsupported%' then 'unsupported'
        else 'signature'
      end,
      r.code, sum(r.refusals)
    from handoff.webhook_refusals as r
    where r.day >= (p_now at time zone handoff_private.school_zone())::date - 1
    group by r.partner_slug, r.code
    union all
    select
      e.partner_slug,
      case when e.reason = 'apply_error' then 'our_fault' else e.status end,
      e.reason, count(*)
    from handoff.partner_events as e
    where e.status in ('parked', 'rejected') and e.set_aside_at is null and e.received_at > p_now - interval '1 day'
      and e.reason not in ('on_hold', 'awaiting_approval', 'withdrawn', 'partner_disabled')
    group by e.partner_slug, e.status, e.reason
  ),
  group_of (partner_slug, about, failures, code) as (
    select f.partner_slug, f.about, sum(f.failures), (array_agg(f.code order by f.failures desc, f.code))[1]
    from failed as f
    group by f.partner_slug, f.about
    having sum(f.failures) >= case when f.about = 'our_fault' then 1 else 5 end
  )
  select
    'webhook_failures',
    case
      when g.about = 'our_fault' and g.failures >= 5 then 'severe'
      when g.about = 'rejected' and g.failures >= 20 and 2 * g.failures >= t.deliveries then 'severe'
      else 'notice'
    end,
    g.about, null::uuid, null::uuid, g.partner_slug, null::uuid,
    jsonb_build_object('failures', g.failures, 'deliveries', t.deliveries, 'code', g.code)
  from group_of as g
  join handoff.partners as p on p.slug = g.partner_slug and p.status <> 'retired'
  cross join lateral (
    select
      count(*) + case when g.about in ('signature', 'too_large', 'unsupported') then g.failures else 0 end
    from (
      select
      from handoff.partner_events as e
      where e.partner_slug = g.partner_slug and e.received_at > p_now - interval '1 day'
      limit 10 * g.failures + 1
    ) as e
  ) as t (deliveries)
  where g.about = 'our_fault' or 10 * g.failures >= t.deliveries
$$;

comment on function handoff_private.failing_webhooks(timestamptz) is
  'Alerts webhook_failures, by partner, within a day: signature (401), too_large (413), unsupported (415), rejected '
  '(400, 422) and parked are at least five and a tenth of all; our_fault: parked by a fault of ours.';
