-- ISO 7064 MOD 37,36: catches every single wrong character and every swap of neighbours.
create or replace function handoff_private.check_character(p_text text)
returns text
language plpgsql
immutable
strict
set search_path = pg_catalog, pg_temp
as $$
declare
  v_alphabet constant text := '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ';
  v_product  integer := 36;
  v_sum      integer;
begin
  for v_place in 1 .. length(p_text) loop
    v_sum := (v_product + strpos(v_alphabet, substr(p_text, v_place, 1)) - 1) % 36;
    v_product := (case v_sum when 0 then 36 else v_sum end * 2) % 37;
  end loop;
  return substr(v_alphabet, (37 - v_product) % 36 + 1, 1);
end;
$$;

comment on function handoff_private.check_character(text) is 'The check character of a text of digits and capital letters.';
