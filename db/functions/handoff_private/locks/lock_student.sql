-- Lock order: profile.
-- Somebody may be merging or forgetting the student: who it is, is read again under the lock.
create or replace function handoff_private.lock_student(p_student_id uuid)
returns uuid
language plpgsql
volatile
as $$
declare
  v_id     uuid;
  v_locked uuid;
begin
  loop
    v_id := handoff_private.student_of_id(p_student_id::text);
    exit when v_id is null or v_id = v_locked;
    perform from handoff.profiles as p where p.id = v_id for no key update;
    v_locked := v_id;
  end loop;
  if not exists (select from handoff.profiles as p where p.id = v_id and p.role = 'student' and p.erased_at is null) then
    raise exception using
      errcode = 'TH404',
      message = 'unknown student',
      detail = jsonb_build_object('student_id', p_student_id)::text,
      hint = 'Give the id of a profile with the role student.';
  end if;
  return v_id;
end;
$$;

comment on function handoff_private.lock_student(uuid) is
  'Locks a student''s profile, of a merged one that of who stays; returns its id. TH404 when there is no such student.';
