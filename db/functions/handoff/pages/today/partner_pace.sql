-- Completions are those that the worker has counted; days are the school's.
create or replace function handoff.partner_pace()
returns table (
  partner_slug text, stuck integer, timed integer, median_days numeric, first_day date, completions integer[]
)
language sql
volatile
set search_path = pg_catalog, pg_temp
as $$
  with today (day) as materialized (
    select (handoff.clock() at time zone coalesce((select s.time_zone from handoff.school as s), 'UTC'))::date
  )
  select p.slug, k.stuck, d.timed, d.median_days, t.day - 29, c.completions
  from today as t
  cross join handoff.partners as p
  cross join lateral (
    select count(*)::integer
    from (
      select from handoff.alerts as a
      where a.partner_slug = p.slug and a.kind = 'stuck_student' and a.closed_at is null
      limit 1001
    ) as n
  ) as k (stuck)
  cross join lateral (
    select
      count(*)::integer,
      round((percentile_cont(0.5) within group (order by extract(epoch from s.completed_at - s.started_at)) / 86400)::numeric, 1)
    from (
      select e.step_id
      from handoff.partner_events as e
      where e.partner_slug = p.slug and e.channel = 'webhook' and e.reason = 'completed'
      order by e.position desc
      limit 100
    ) as l
    join handoff.enrollment_steps as s on s.id = l.step_id and s.status = 'completed' and s.started_at is not null
  ) as d (timed, median_days)
  cross join lateral (
    select array_agg(coalesce(n.completions, 0) order by g.back desc)
    from generate_series(0, 29) as g (back)
    left join (
      select y.day, sum(y.completions)::integer as completions
      from handoff.completion_days as y
      where y.partner_slug = p.slug and y.day between t.day - 29 and t.day
      group by y.day
    ) as n on n.day = t.day - g.back
  ) as c (completions)
  order by p.name
$$;

comment on function handoff.partner_pace() is
  'A row per partner: how many students are with it for too long, up to 1001; the median of the days that the last 100 '
  'steps took which its webhooks completed, and of how many; its completions on each of 30 days from first_day on.';
