create or replace function handoff_private.student_of_id(p_text text)
returns uuid
language plpgsql
stable
as $$
begin
  return (
    select coalesce(p.merged_into, p.id)
    from handoff.profiles as p
    where p.id = handoff_private.uuid_of(p_text) and p.role = 'student'
  );
end;
$$;

comment on function handoff_private.student_of_id(text) is
  'The student whose profile id this is, or who took that student in; null for any other text.';
