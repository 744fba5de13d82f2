create or replace function handoff.automation_rates(p_figures jsonb default handoff.figures_now())
returns table (measure text, cases bigint, successes bigint, rate numeric)
language sql
stable
set search_path = pg_catalog, pg_temp
as $$
  select m.measure, n.cases, n.successes, round(100.0 * n.successes / nullif(n.cases, 0), 2)
  from (
    values
      (1, 'steps_generated'), (2, 'first_steps_started'), (3, 'transitions_without_a_person'), (4, 'completions_detected')
  ) as m (place, measure)
  cross join lateral (
    select
      coalesce((p_figures #>> array['cases', m.measure || '.cases', ''])::bigint, 0) as cases,
      coalesce((p_figures #>> array['cases', m.measure || '.successes', ''])::bigint, 0) as successes
  ) as n
  order by m.place
$$;

comment on function handoff.automation_rates(jsonb) is
  'How much of the work is done with nobody in between, from the audit trail, with the number of cases; the rate is '
  'null without cases. p_figures: where figures_now() was asked already.';
