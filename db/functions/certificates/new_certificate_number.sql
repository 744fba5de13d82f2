-- gen_random_uuid() draws 122 bits from the strong generator; hashed, so that its fixed bits do not show.
create or replace function handoff_private.new_certificate_number()
returns text
language sql
volatile
set search_path = pg_catalog, pg_temp
as $$
  with drawn as (
    select string_agg(
      substr('0123456789ABCDEFGHJKMNPQRSTVWXYZ', get_byte(r.bytes, g.place) % 32 + 1, 1), '' order by g.place
    ) as text
    from (select sha256(uuid_send(gen_random_uuid())) as bytes) as r
    cross join generate_series(0, 15) as g (place)
  )
  select regexp_replace(d.text, '(.{4})', '\1-', 'g') || handoff_private.check_character(d.text)
  from drawn as d
$$;

comment on function handoff_private.new_certificate_number() is 'A new number: 16 random characters in groups of four, and a check character.';
