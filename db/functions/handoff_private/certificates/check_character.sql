-- ISO 7064 MOD 37-2: catches every single wrong character and every swap of neighbours.
create or replace function handoff_private.check_character(p_text text)
returns text
language plpgsql
immutable
strict
as $$
declare
  v_alphabet constant text := '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ*';
  v_sum      integer := 0;
begin
  for v_place in 1 .. length(p_text) loop
    v_sum := (v_sum + strpos(v_alphabet, substr(p_text, v_place, 1)) - 1) * 2 % 37;
  end loop;
  return substr(v_alphabet, (38 - v_sum) % 37 + 1, 1);
end;
$$;

comment on function handoff_private.check_character(text) is
  'The check character of a text of digits and capital letters: one of those, or an asterisk.';
