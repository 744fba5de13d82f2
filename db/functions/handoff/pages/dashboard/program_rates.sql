create or replace function handoff.program_rates()
returns table (program_slug text, program_name text, enrollments integer, completed integer, completion_rate numeric)
language sql
stable
set search_path = pg_catalog, pg_temp
as $$
  select
    g.slug,
    g.name,
    count(*)::integer,
    (count(*) filter (where e.status = 'completed'))::integer,
    round(100.0 * count(*) filter (where e.status = 'completed') / count(*), 2) as rate
  from handoff.enrollments as e
  join handoff.programs as g on g.slug = e.program_slug
  group by g.slug, g.name
  order by rate desc, g.name
$$;

comment on function handoff.program_rates() is
  'Completed of all enrollments per program, in percent, highest first; programs without enrollments are left out.';
