create or replace function handoff_private.body_text(p_body bytea)
returns text
language plpgsql
immutable
as $$
begin
  return convert_from(p_body, 'UTF8');
exception
  when character_not_in_repertoire or untranslatable_character then
    return encode(p_body, 'escape');
end;
$$;

comment on function handoff_private.body_text(bytea) is 'A raw body for a reader: its text, or its bytes escaped.';
