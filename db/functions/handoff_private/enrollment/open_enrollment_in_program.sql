create or replace function handoff_private.open_enrollment_in_program(p_enrollment handoff.enrollments)
returns uuid
language sql
stable
as $$
  select e.id
  from handoff.enrollments as e
  where e.student_id = p_enrollment.student_id and e.program_slug = p_enrollment.program_slug
    and e.status in ('pending', 'active', 'on_hold')
$$;

comment on function handoff_private.open_enrollment_in_program(handoff.enrollments) is
  'The enrollment of the same student in the same program that is open; there is one at most.';
