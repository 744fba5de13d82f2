create or replace function handoff_private.odd_completions(p_now timestamptz)
returns setof handoff_private.finding
language sql
stable
as $$
  with today (day) as (select (p_now at time zone handoff_private.school_zone())::date),
  of_partner as (
    select d.partner_slug, sum(d.completions) as completions, sum(d.too_soon) as too_soon
    from today as t
    join handoff.completion_days as d on d.day = t.day
    group by d.partner_slug
  ),
  odd as (
    select
      'many', null::uuid, null::uuid, o.partner_slug, null::uuid,
      jsonb_build_object('completions', o.completions, 'most_before', b.most, 'days', b.days)
    from of_partner as o
    cross join today as t
    cross join lateral (
      select max(s.completions), max(t.day - s.day)
      from (
        select d.day, sum(d.completions)
        from handoff.completion_days as d
        where d.partner_slug = o.partner_slug and d.day between t.day - 28 and t.day - 1
        group by d.day
      ) as s (day, completions)
    ) as b (most, days)
    where o.completions >= 10 and o.completions > 3 * b.most and b.days >= 14
    union all
    select
      'too_soon', null, null, o.partner_slug, null,
      jsonb_build_object('completions', o.too_soon, 'minutes', extract(epoch from handoff_private.soonest())::integer / 60)
    from of_partner as o
    where o.too_soon >= 3
    union all
    select 'by_hand', null, null, null, d.actor_id, jsonb_build_object('completions', sum(d.completions))
    from today as t
    join handoff.completion_days as d on d.day = t.day and d.actor_id is not null
    group by d.actor_id
    having sum(d.completions) >= 20
    union all
    select
      'without_completion', c.enrollment_id, c.step_id, c.partner_slug, null,
      jsonb_build_object('certificate_at', c.certificate_at)
    from handoff_private.certified_steps(p_now) as c
  )
  select 'completion_anomaly', 'notice', o.* from odd as o
$$;

comment on function handoff_private.odd_completions(timestamptz) is
  'Alerts completion_anomaly, of today. many: three times as many of a partner as on its busiest of 28 days, ten at '
  'least; too_soon: three so soon after the start that it can''t be; by_hand: twenty by one person; '
  'without_completion: as certified_steps says.';
