create or replace function handoff.partner_pipeline(p_figures jsonb default handoff.figures_now())
returns table (
  partner_slug text,
  partner_name text,
  status text,
  signature_scheme text,
  pending integer,
  in_progress integer,
  completed integer,
  failed integer,
  skipped integer,
  completion_rate numeric
)
language sql
stable
set search_path = pg_catalog, pg_temp
as $$
  select
    p.slug, p.name, p.status, p.signature_scheme, n.pending, n.in_progress, n.completed, n.failed, n.skipped,
    round(100.0 * n.completed / nullif(n.pending + n.in_progress + n.completed + n.failed + n.skipped, 0), 2)
  from handoff.partners as p
  cross join lateral (
    select
      coalesce((p_figures #>> array['cases', 'pending', p.slug])::integer, 0) as pending,
      coalesce((p_figures #>> array['cases', 'in_progress', p.slug])::integer, 0) as in_progress,
      coalesce((p_figures #>> array['cases', 'completed', p.slug])::integer, 0) as completed,
      coalesce((p_figures #>> array['cases', 'failed', p.slug])::integer, 0) as failed,
      coalesce((p_figures #>> array['cases', 'skipped', p.slug])::integer, 0) as skipped
  ) as n
  order by p.name
$$;

comment on function handoff.partner_pipeline(jsonb) is
  'A row per partner: its steps by status. Open steps count in active enrollments only. Rate: completed of all '
  'counted, in percent. p_figures: where figures_now() was asked already.';
