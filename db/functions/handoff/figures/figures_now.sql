-- One statement, so one snapshot: what was counted up to the reader's place, and what the rows above it change.
-- A day begins at a quarter of an hour in every time zone, so a changed zone changes nothing that is counted.
create or replace function handoff.figures_now()
returns jsonb
language sql
volatile
set search_path = pg_catalog, pg_temp
as $$
  with place as materialized (
    select
      r.position, r.position > r.began as has_moved,
      r.recount_from is null
        and (select coalesce(max(t.id), 0) from handoff.step_transitions as t) - r.position <= 100000 as is_near
    from handoff.trail_readers as r
    where r.name = 'figures'
  ),
  today as materialized (
    select
      to_char(
        date_trunc('day', handoff.clock(), coalesce((select s.time_zone from handoff.school as s), 'UTC')) at time zone 'UTC',
        'YYYY-MM-DD"T"HH24:MI'
      ) collate "C" as begins
  ),
  tail as materialized (
    select c.figure collate "C" as figure, c.key collate "C" as key, c.cases
    from place as p
    cross join lateral handoff.figure_changes(p.position) as c
    where p.is_near
  ),
  way as materialized (
    select
      case
        when p.is_near and not exists (select from tail as t where t.figure = 'uncounted') then 'exact'
        when p.has_moved then 'base'
        else 'count'
      end as way,
      p.position
    from (select 1) as one
    left join place as p on true
  ),
  figure as (
    select f.figure, f.key, sum(f.cases)::bigint as cases
    from (
      select b.figure, b.key, b.cases
      from way as w
      cross join today as d
      join handoff.figures as b on b.figure <> 'advanced' or b.key >= d.begins
      where w.way <> 'count'
      union all
      select t.figure, t.key, t.cases from way as w cross join tail as t where w.way = 'exact'
      union all
      select c.figure collate "C", c.key collate "C", c.cases
      from way as w
      cross join lateral handoff.count_figures() as c
      where w.way = 'count'
    ) as f
    group by f.figure, f.key
    having sum(f.cases) <> 0
  )
  select
    jsonb_build_object(
      'as_of',
      case
        when (select w.way from way as w) = 'base' then (
          select t.occurred_at
          from handoff.step_transitions as t
          where t.id <= (select w.position from way as w)
          order by t.id desc
          limit 1
        )
      end,
      'advanced_today',
      (
        select coalesce(sum(f.cases), 0)
        from figure as f
        cross join today as d
        where f.figure = 'advanced' and f.key >= d.begins
      ),
      'cases',
      (
        select coalesce(jsonb_object_agg(k.figure, k.cases), '{}')
        from (
          select f.figure, jsonb_object_agg(f.key, f.cases) as cases
          from figure as f
          where f.figure <> 'advanced'
          group by f.figure
        ) as k
      )
    )
$$;

comment on function handoff.figures_now() is
  'The figures of the dashboard, for the functions that show them: exact while the worker is at most 100,000 rows of '
  'the trail behind, else those of the time as_of. Where no worker has counted yet, they are counted here.';
