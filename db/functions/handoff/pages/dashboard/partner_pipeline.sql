create or replace function handoff.partner_pipeline()
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
    p.slug, p.name, p.status, p.signature_scheme,
    n.pending, n.in_progress, n.completed, n.failed, n.skipped,
    round(100.0 * n.completed / nullif(n.pending + n.in_progress + n.completed + n.failed + n.skipped, 0), 2)
  from handoff.partners as p
  cross join lateral (
    select
      (count(*) filter (where s.status = 'pending' and e.status = 'active'))::integer as pending,
      (count(*) filter (where s.status = 'in_progress' and e.status = 'active'))::integer as in_progress,
      (count(*) filter (where s.status = 'completed'))::integer as completed,
      (count(*) filter (where s.status = 'failed' and e.status = 'active'))::integer as failed,
      (count(*) filter (where s.status = 'skipped'))::integer as skipped
    from handoff.enrollment_steps as s
    join handoff.enrollments as e on e.id = s.enrollment_id
    where s.partner_slug = p.slug
  ) as n
  order by p.name
$$;

comment on function handoff.partner_pipeline() is
  'A row per partner: its steps by status. Open steps count in active enrollments only. Rate: completed of all '
  'counted, in percent.';
