-- gen_random_uuid() draws 122 bits from the strong generator; hashed, so that its fixed bits do not show. Drawn again
-- when the check character is not of the same 32: so people can confuse I, L and O with 1 and 0 in every place.
create or replace function handoff_private.new_certificate_number()
returns text
language plpgsql
volatile
as $$
declare
  v_alphabet constant text := '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
  v_text     text;
  v_check    text;
begin
  loop
    select string_agg(substr(v_alphabet, get_byte(r.bytes, g.place) % 32 + 1, 1), '' order by g.place)
    into v_text
    from (select sha256(uuid_send(gen_random_uuid())) as bytes) as r
    cross join generate_series(0, 15) as g (place);
    v_check := handoff_private.check_character(v_text);
    exit when strpos(v_alphabet, v_check) > 0;
  end loop;
  return regexp_replace(v_text, '(.{4})', $re$\1-$re$, 'g') || v_check;
end;
$$;

comment on function handoff_private.new_certificate_number() is
  'A new number: 16 random characters in groups of four, and a check character.';
