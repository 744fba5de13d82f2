create or replace function handoff.stuck_students()
returns table (
  enrollment_id uuid,
  student_name text,
  student_email text,
  program_name text,
  partner_name text,
  kind text,
  since timestamptz,
  days integer,
  limit_days integer
)
language sql
volatile
set search_path = pg_catalog, pg_temp
as $$
  with back as materialized (select b.* from handoff.taken_back_enrollments() as b)
  select
    e.id, p.full_name, p.email, g.name, k.partner_name, k.kind, k.since,
    floor(extract(epoch from t.now - k.since) / 86400)::integer,
    k.limit_days
  from (select handoff.clock() as now) as t
  cross join handoff.enrollments as e
  join handoff.profiles as p on p.id = e.student_id
  join handoff.programs as g on g.slug = e.program_slug
  cross join lateral (
    select r.kind, r.since, r.partner_name, r.limit_days
    from handoff.stuck_reason(e.id, e.activated_at, t.now) as r
    where e.status = 'active'
    union all
    select 'taken_back', b.since, b.partner_name, null
    from back as b
    where b.enrollment_id = e.id
  ) as k
  where e.status = 'active' or e.id in (select b.enrollment_id from back as b)
  order by k.since, e.id
$$;

comment on function handoff.stuck_students() is
  'Active enrollments that do not move: too_long at a partner (by the limit of program and partner, since it has '
  'taken the student), failed, refused by the partner, no_steps, nothing_running, not_closed; and completed ones of '
  'taken_back_enrollments: taken_back.';
