create or replace function handoff_private.text_of_bytes(p_bytes bytea)
returns text
language plpgsql
immutable
as $$
begin
  return convert_from(handoff_private.without_mark(p_bytes), 'UTF8');
exception
  when data_exception then
    return handoff_private.damaged_text(p_bytes);
end;
$$;

comment on function handoff_private.text_of_bytes(bytea) is
  'What is written in bytes that should be UTF-8, and may be anything.';
