create or replace function handoff_private.judge_known(p_line handoff.import_lines)
returns handoff.import_lines
language plpgsql
stable
as $$
declare
  v_status text;
begin
  if not exists (select from handoff.profiles as p where p.id = p_line.profile_id and p.role = 'student') then
    return handoff_private.judged(p_line, 'refused', 'not_a_student');
  end if;
  select e.status into v_status
  from handoff.enrollments as e
  where e.student_id = p_line.profile_id and e.program_slug = p_line.program_slug and e.status <> 'withdrawn'
  order by e.status = 'completed'
  limit 1;
  return handoff_private.judged(p_line, 'known', case
    when v_status = 'completed' then 'already_completed'
    when v_status is not null then 'already_enrolled'
    else 'to_enroll'
  end, p_line.profile_id);
end;
$$;

comment on function handoff_private.judge_known(handoff.import_lines) is
  'A line whose address is a person''s: whether the person is a student, and in the program already.';
