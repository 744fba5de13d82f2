-- Lock order: profile, enrollments.
-- Which enrollment an event means may depend on each of them, so all are locked, in order of id: two events never
-- lock crosswise. enroll_student locks the profile as well, so no enrollment appears between this and what is decided
-- on it.
create or replace function handoff_private.lock_enrollments_of(p_student_id uuid)
returns void
language plpgsql
volatile
as $$
begin
  perform from handoff.profiles as p where p.id = p_student_id for no key update;
  perform from handoff.enrollments as e where e.student_id = p_student_id order by e.id for no key update;
end;
$$;

comment on function handoff_private.lock_enrollments_of(uuid) is
  'Locks a student''s profile and every enrollment, in order of id.';
