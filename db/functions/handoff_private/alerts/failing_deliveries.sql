-- A mail server that is away is tried with one mail at a time, another each time: so its failures in a row count.
create or replace function handoff_private.failing_deliveries(p_now timestamptz)
returns setof handoff_private.finding
language sql
stable
as $$
  select
    'delivery_failing', d.severity, d.about, null::uuid, null::uuid, d.partner_slug, null::uuid,
    jsonb_build_object('messages', d.messages, 'since', d.since)
  from (
    select
      b.partner_slug, 'unreachable', case when b.failing_since < p_now - interval '1 day' then 'severe' else 'notice' end,
      b.failures, b.failing_since
    from handoff.partner_breakers as b
    join handoff.partners as p on p.slug = b.partner_slug and p.status = 'active'
    where b.open_until is not null and b.failing_since < p_now - interval '1 hour'
    union all
    select r.partner_slug, 'refused', 'severe', count(*), min(r.refused_at)
    from handoff_private.refused_steps() as r
    where r.refused_at > p_now - interval '1 day'
    group by r.partner_slug
    having count(*) >= 5
    union all
    select
      null, case when o.status = 'unknown' then 'mail_in_doubt' else 'mail_refused' end, 'notice', count(*), min(o.settled_at)
    from handoff.outbox as o
    where o.status in ('dead', 'unknown') and o.settled_at > p_now - interval '1 day' and o.partner_slug is null
      and o.profile_id is not null
    group by o.status
    having count(*) >= case when o.status = 'unknown' then 1 else 3 end
    union all
    select
      null, case when o.kind = 'alert_webhook' then 'alert_webhook' else 'mail_server' end, 'severe', count(*), min(o.made_at)
    from (
      select t.kind, t.made_at
      from handoff.outbox as t
      where t.status in ('failed', 'sending') and t.attempts >= 5 and t.kind <> 'enroll_at_partner'
      union all
      select w.kind, w.made_at
      from handoff.mailing as m
      join handoff.outbox as w
        on m.failures >= 5 and w.profile_id is not null and w.due_at <= p_now and w.status in ('pending', 'failed')
        and w.attempts < 5
    ) as o (kind, made_at)
    where o.made_at < p_now - interval '15 minutes'
    group by 2
  ) as d (partner_slug, about, severity, messages, since)
$$;

comment on function handoff_private.failing_deliveries(timestamptz) is
  'Alerts delivery_failing. By partner: unreachable for an hour; refused: five students within a day. mail_refused, '
  'mail_in_doubt: within a day. mail_server, alert_webhook: tried five times and more, and not taken; also what waits '
  'for a mail server that could not be reached five times in a row.';
