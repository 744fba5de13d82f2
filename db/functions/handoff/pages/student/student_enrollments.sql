-- Completed when the certificate says, or would say.
create or replace function handoff.student_enrollments()
returns table (
  enrollment_id uuid,
  program_slug text,
  program_name text,
  program_description text,
  status text,
  enrolled_at timestamptz,
  completed_at timestamptz,
  steps_total integer,
  steps_completed integer,
  steps_skipped integer,
  certificate_number text
)
language sql
stable
set search_path = pg_catalog, pg_temp
as $$
  select
    e.id, g.slug, g.name, g.description, e.status, e.enrolled_at,
    case when e.completed_at is not null then coalesce(c.completed_at, least(n.last_at, e.completed_at)) end,
    n.total, n.completed, n.skipped, c.number
  from handoff.enrollments as e
  join handoff.programs as g on g.slug = e.program_slug
  left join handoff.certificates as c
    on c.enrollment_id = e.id and c.revoked_at is null and c.replaced_at is null
  cross join lateral (
    select
      count(*)::integer as total,
      (count(*) filter (where s.status = 'completed'))::integer as completed,
      (count(*) filter (where s.status = 'skipped'))::integer as skipped,
      max(coalesce(s.partner_completed_at, s.completed_at)) filter (where s.status = 'completed') as last_at
    from handoff.enrollment_steps as s
    where s.enrollment_id = e.id
  ) as n
  where e.student_id = (select handoff.caller_id())
  order by e.enrolled_at desc, e.id
$$;

comment on function handoff.student_enrollments() is 'The caller''s enrollments, newest first, with how far each is.';
