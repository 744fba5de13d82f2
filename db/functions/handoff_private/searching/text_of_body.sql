create or replace function handoff_private.text_of_body(p_body bytea)
returns text
language plpgsql
immutable
as $$
declare
  v_text constant text := handoff_private.text_of_bytes(p_body);
begin
  if v_text ~ $re$[%\\]$re$ then
    return v_text || ' ' || handoff_private.without_escapes(v_text);
  end if;
  return v_text;
end;
$$;

comment on function handoff_private.text_of_body(bytea) is
  'All that a raw body may say to a reader, whatever it is: as it stands, and with its escapes written out.';
