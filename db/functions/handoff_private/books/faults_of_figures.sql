create or replace function handoff_private.faults_of_figures()
returns table (invariant text, enrollment_id uuid, detail text)
language sql
stable
as $$
  select 'the figures are what is counted', null::uuid, concat(f.figure, ' ', f.key, ': ', f.shown, ' and not ', f.counted)
  from (
    select a.figure, a.key, sum(a.shown) as shown, sum(a.counted) as counted
    from (
      select b.figure, b.key, b.cases as shown, 0 as counted from handoff.figures as b
      union all
      select c.figure collate "C", c.key collate "C", c.cases, 0
      from handoff.trail_readers as r
      cross join lateral handoff.figure_changes(r.position) as c
      where r.name = 'figures'
      union all
      select c.figure collate "C", c.key collate "C", 0, c.cases from handoff.count_figures() as c
    ) as a
    group by a.figure, a.key
  ) as f
  where f.shown <> f.counted
    and exists (select from handoff.trail_readers as r where r.name = 'figures' and r.recount_from is null)
    and not exists (
      select
      from handoff.trail_readers as r
      join handoff.step_transitions as t on t.id > r.position and t.tally is null
      where r.name = 'figures'
    )
$$;

comment on function handoff_private.faults_of_figures() is
  'Figures of the dashboard that are not what a count of the tables says, where they are not about to be counted anew.';
