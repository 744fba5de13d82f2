-- Lock order: profile.
create or replace function handoff_private.lock_student(p_student_id uuid)
returns uuid
language plpgsql
volatile
as $$
declare
  v_id uuid;
begin
  select p.id
  into v_id
  from handoff.profiles as p
  where p.id = handoff_private.student_of_id(p_student_id::text) and p.role = 'student' and p.erased_at is null
  for no key update;
  if not found then
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
