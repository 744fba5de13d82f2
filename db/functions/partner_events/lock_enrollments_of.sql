-- All of the student's, by id: which one an event means may depend on each of them, and two events never lock crosswise.
-- The profile first, which enroll_student locks as well: no enrollment appears between this and what is decided on it.
create or replace function handoff_private.lock_enrollments_of(p_student_id uuid)
returns handoff.enrollments[]
language plpgsql
volatile
as $$
begin
  perform from handoff.profiles as p where p.id = p_student_id for no key update;
  return array(select e from handoff.enrollments as e where e.student_id = p_student_id order by e.id for no key update);
end;
$$;

comment on function handoff_private.lock_enrollments_of(uuid) is
  'A student''s enrollments in order of id, all of them locked, after the profile.';
