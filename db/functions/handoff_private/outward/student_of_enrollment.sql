create or replace function handoff_private.student_of_enrollment(p_enrollment_id uuid)
returns uuid
language sql
stable
as $$ select e.student_id from handoff.enrollments as e where e.id = p_enrollment_id $$;

comment on function handoff_private.student_of_enrollment(uuid) is 'Whose enrollment it is.';
