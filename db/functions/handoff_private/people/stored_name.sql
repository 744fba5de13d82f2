-- Spaces, byte order marks and zero-width signs at the edges come from copying and from files. What turns the direction
-- of a text is refused, and so is a name of which nothing can be seen.
create or replace function handoff_private.stored_name(p_name text)
returns text
language plpgsql
immutable
as $$
declare
  v_name constant text := normalize(btrim(
    p_name,
    U&' \00A0\061C\1680\180E\2000\2001\2002\2003\2004\2005\2006\2007\2008'
      '\2009\200A\200B\200C\200D\200E\200F\202F\205F\2060\3000\FEFF'
  ), NFC);
begin
  return case
    when length(v_name) between 1 and 200
      and v_name !~ '[\u0001-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069]'
      and handoff_private.is_visible(v_name)
      then v_name
  end;
end;
$$;

comment on function handoff_private.stored_name(text) is
  'A person''s name as it is stored: NFC, nothing invisible at its edges. Null for what can be none.';
