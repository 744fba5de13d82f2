create or replace function handoff.person_enrollments(p_profile_id uuid)
returns table (
  enrollment_id uuid,
  program_slug text,
  program_name text,
  status text,
  enrolled_at timestamptz,
  completed_at timestamptz
)
language sql
stable
set search_path = pg_catalog, pg_temp
as $$
  select e.id, g.slug, g.name, e.status, e.enrolled_at, e.completed_at
  from handoff.enrollments as e
  join handoff.programs as g on g.slug = e.program_slug
  where e.student_id = p_profile_id
  order by e.status not in ('pending', 'active', 'on_hold'), e.enrolled_at desc, e.id
$$;

comment on function handoff.person_enrollments(uuid) is
  'The enrollments of a person, open ones first, the newest first.';
