create or replace function handoff_private.require_mergeable(p_from handoff.profiles, p_into handoff.profiles)
returns void
language plpgsql
stable
as $$
begin
  if p_from.id = p_into.id then
    perform handoff_private.refuse_state('profile', p_from.id, 'the same', 'Name two people.');
  elsif p_into.role <> 'student' and exists (select from handoff.enrollments as e where e.student_id = p_from.id) then
    perform handoff_private.refuse_state('profile', p_into.id, 'no student', 'Merge a student into a student.');
  end if;
end;
$$;

comment on function handoff_private.require_mergeable(handoff.profiles, handoff.profiles) is
  'TH409 unless these are two, and who stays can have the enrollments of the other.';
