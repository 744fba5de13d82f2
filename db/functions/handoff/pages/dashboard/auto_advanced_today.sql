create or replace function handoff.auto_advanced_today(p_figures jsonb default handoff.figures_now())
returns integer
language sql
stable
set search_path = pg_catalog, pg_temp
as $$ select (p_figures ->> 'advanced_today')::integer $$;

comment on function handoff.auto_advanced_today(jsonb) is
  'Steps that started today, by the school''s time, because the one before ended, without a person. p_figures: where '
  'figures_now() was asked already.';
