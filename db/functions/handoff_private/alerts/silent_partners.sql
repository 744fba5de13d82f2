-- What comes within a minute is one arrival: who sends once a week sends all of it at once. Who is late already waits
-- for nothing that could be missed; it does while the alert is open.
create or replace function handoff_private.silent_partners(p_now timestamptz)
returns setof handoff_private.finding
language sql
stable
as $$
  with quiet as materialized (
    select p.slug, l.last_at
    from handoff.partners as p
    cross join lateral (select handoff_private.last_delivery(p.slug)) as l (last_at)
    where p.status = 'active' and l.last_at < p_now - interval '3 days'
  ),
  waiting as materialized (
    select q.slug, q.last_at, min(w.since) as first_since
    from quiet as q
    join handoff_private.watched_pairs() as r on r.partner_slug = q.slug
    join handoff.standings as w
      on w.partner_slug = r.partner_slug and w.program_slug = r.program_slug and w.state = 'in_progress'
      and (w.since >= p_now - make_interval(days => r.stuck_after) or exists (
        select from handoff.alerts as a where a.kind = 'partner_silent' and a.partner_slug = q.slug and a.closed_at is null
      ))
    group by q.slug, q.last_at
    having min(w.since) < p_now - interval '3 days'
  )
  select
    'partner_silent', 'notice', null::text, null::uuid, null::uuid, w.slug, null::uuid,
    jsonb_build_object(
      'last_at', w.last_at, 'days', floor(extract(epoch from p_now - w.last_at) / 86400)::integer,
      'usual_hours', round(g.seconds::numeric / 3600, 1), 'students', n.students
    )
  from waiting as w
  cross join lateral handoff_private.usual_gap(w.slug) as g
  cross join lateral (
    select count(*)
    from (
      select from handoff.standings as o where o.partner_slug = w.slug and o.state = 'in_progress' limit 1001
    ) as o
  ) as n (students)
  where g.gaps >= 10
    and greatest(w.last_at, w.first_since) < p_now - greatest(interval '3 days', make_interval(secs => 3 * g.seconds))
$$;

comment on function handoff_private.silent_partners(timestamptz) is
  'Alerts partner_silent: students are with the partner, and it has sent nothing for three times its usual gap, three '
  'days at least.';
