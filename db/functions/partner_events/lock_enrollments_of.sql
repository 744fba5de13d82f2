-- All of the student's, by id: which one an event means may depend on each of them, and two events never lock crosswise.
create or replace function handoff_private.lock_enrollments_of(p_student_id uuid)
returns void
language plpgsql
volatile
set search_path = pg_catalog, pg_temp
as $$
begin
  perform from handoff.enrollments as e where e.student_id = p_student_id order by e.id for no key update;
end;
$$;

comment on function handoff_private.lock_enrollments_of(uuid) is 'Locks every enrollment of a student, in order of id.';
