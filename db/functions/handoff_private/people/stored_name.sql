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
    E' \u00a0\u061c\u1680\u180e\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008'
      '\u2009\u200a\u200b\u200c\u200d\u200e\u200f\u202f\u205f\u2060\u3000\ufeff'
  ), NFC);
begin
  return case
    when length(v_name) between 1 and 200
      and v_name !~ $re$[\u0001-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069]$re$
      and handoff_private.is_visible(v_name)
      then v_name
  end;
end;
$$;

comment on function handoff_private.stored_name(text) is
  'A person''s name as it is stored: NFC, nothing invisible at its edges. Null for what can be none.';
