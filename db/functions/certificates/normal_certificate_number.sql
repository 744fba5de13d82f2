-- People read numbers aloud and type them from paper: O and 0, I and 1, L and 1 are the same; spaces do not matter.
-- The check character may be any letter, so only the first 16 are read this way.
create or replace function handoff_private.normal_certificate_number(p_number text)
returns text
language sql
immutable
set search_path = pg_catalog, pg_temp
as $$
  select regexp_replace(translate(left(c.text, 16), 'OIL', '011') || substr(c.text, 17), '(.{4})(?=.)', '\1-', 'g')
  from (select regexp_replace(upper(left(p_number, 100)), '[[:space:]-]', '', 'g') as text) as c
$$;

comment on function handoff_private.normal_certificate_number(text) is 'A number as typed, in the form in which it is stored.';
