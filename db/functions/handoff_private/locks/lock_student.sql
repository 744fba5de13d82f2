-- Lock order: profile.
create or replace function handoff_private.lock_student(p_student_id uuid)
returns void
language plpgsql
volatile
as $$
begin
  perform from handoff.profiles as p where p.id = p_student_id and p.role = 'student' for no key update;
  if not found then
    raise exception using
      errcode = 'TH404',
      message = 'unknown student',
      detail = jsonb_build_object('student_id', p_student_id)::text,
      hint = 'Give the id of a profile with the role student.';
  end if;
end;
$$;

comment on function handoff_private.lock_student(uuid) is
  'Locks a student''s profile; TH404 when there is no such student.';
