create or replace function handoff.program_rates(p_figures jsonb default handoff.figures_now())
returns table (program_slug text, program_name text, enrollments integer, completed integer, completion_rate numeric)
language sql
stable
set search_path = pg_catalog, pg_temp
as $$
  select g.slug, g.name, n.enrollments, n.completed, round(100.0 * n.completed / n.enrollments, 2) as rate
  from handoff.programs as g
  cross join lateral (
    select
      coalesce((p_figures #>> array['cases', 'enrollments', g.slug])::integer, 0) as enrollments,
      coalesce((p_figures #>> array['cases', 'enrollments_completed', g.slug])::integer, 0) as completed
  ) as n
  where n.enrollments > 0
  order by rate desc, g.name
$$;

comment on function handoff.program_rates(jsonb) is
  'Completed of all enrollments per program, in percent, highest first; programs without enrollments are left out. '
  'p_figures: where figures_now() was asked already.';
