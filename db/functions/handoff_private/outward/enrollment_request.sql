create or replace function handoff_private.enrollment_request(p_step_id uuid)
returns text
language sql
stable
as $$
  select jsonb_build_object(
    'event', 'enrollment.requested', 'enrollment_id', s.id, 'student_email', p.email, 'student_name', p.full_name,
    'program', e.program_slug, 'course', s.course_ref
  )::text
  from handoff.enrollment_steps as s
  join handoff.enrollments as e on e.id = s.enrollment_id
  join handoff.profiles as p on p.id = e.student_id
  where s.id = p_step_id
$$;

comment on function handoff_private.enrollment_request(uuid) is
  'What a partner is told of a student who starts with it: the JSON object of the contract, as text.';
