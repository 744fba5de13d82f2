-- Under a secret that partners share, one could speak of another's student: there only a linked account says who it is.
create or replace function handoff_private.student_of_id(p_text text, p_context jsonb default null)
returns uuid
language plpgsql
stable
as $$
begin
  return (
    select coalesce(p.merged_into, p.id)
    from handoff.profiles as p
    where p.id = handoff_private.uuid_of(p_text) and p.role = 'student' and (p_context ? 'shared_with') is not true
  );
end;
$$;

comment on function handoff_private.student_of_id(text, jsonb) is
  'The student whose profile id this is, or who took that student in; null for any other text, and for an event whose '
  'context says that partners share the secret.';
