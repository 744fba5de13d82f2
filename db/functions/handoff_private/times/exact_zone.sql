-- PostgreSQL takes a zone in any case; programs elsewhere, that read the same list, go by its letters.
create or replace function handoff_private.exact_zone(p_name text)
returns text
language sql
stable
as $$ select z.name from pg_catalog.pg_timezone_names as z where lower(z.name collate "C") = lower(p_name collate "C") limit 1 $$;

comment on function handoff_private.exact_zone(text) is
  'A time zone as it is written in the list of time zones, whatever the case of its letters; null: not in it.';
