create or replace function handoff_private.student_of_id(p_text text)
returns uuid
language plpgsql
stable
as $$
begin
  if p_text ~* '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' then
    return (select p.id from handoff.profiles as p where p.id = p_text::uuid and p.role = 'student');
  end if;
  return null;
end;
$$;

comment on function handoff_private.student_of_id(text) is 'The student whose profile id this is; null for any other text.';
