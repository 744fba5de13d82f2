create or replace function handoff_private.enrollment_status(p_enrollment_id uuid)
returns text
language sql
stable
as $$ select e.status from handoff.enrollments as e where e.id = p_enrollment_id $$;

comment on function handoff_private.enrollment_status(uuid) is 'The status of the enrollment, or null.';
