-- Lock order: profile.
-- A merge moves an enrollment to another profile: whose it is, is read again under the lock.
create or replace function handoff_private.lock_person_of_enrollment(p_enrollment_id uuid)
returns uuid
language plpgsql
volatile
as $$
declare
  v_student uuid;
  v_locked  uuid;
begin
  loop
    select e.student_id into v_student from handoff.enrollments as e where e.id = p_enrollment_id;
    exit when v_student is null or v_student = v_locked;
    perform from handoff.profiles as p where p.id = v_student for no key update;
    v_locked := v_student;
  end loop;
  return v_student;
end;
$$;

comment on function handoff_private.lock_person_of_enrollment(uuid) is
  'Locks the profile of the student whose enrollment it is; null when there is no such enrollment.';
