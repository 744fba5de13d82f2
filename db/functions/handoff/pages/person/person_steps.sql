create or replace function handoff.person_steps(p_profile_id uuid)
returns table (
  enrollment_id uuid,
  step_id uuid,
  sequence_order integer,
  partner_slug text,
  partner_name text,
  course_ref text,
  status text,
  started_at timestamptz,
  completed_at timestamptz,
  partner_completed_at timestamptz,
  failed_attempts integer,
  progress_count integer,
  accepted_at timestamptz,
  refused_at timestamptz
)
language sql
stable
set search_path = pg_catalog, pg_temp
as $$
  select
    s.enrollment_id, s.id, s.sequence_order, p.slug, p.name, s.course_ref, s.status, s.started_at, s.completed_at,
    s.partner_completed_at, s.failed_attempts, s.progress_count, a.accepted_at,
    case when a.refused_at >= s.started_at then a.refused_at end
  from handoff.enrollments as e
  join handoff.enrollment_steps as s on s.enrollment_id = e.id
  join handoff.partners as p on p.slug = s.partner_slug
  left join handoff.partner_answers as a on a.step_id = s.id
  where e.student_id = p_profile_id
  order by s.enrollment_id, s.sequence_order
$$;

comment on function handoff.person_steps(uuid) is
  'The steps of a person''s enrollments, in order. refused_at: when the partner did not take the student for this '
  'start.';
