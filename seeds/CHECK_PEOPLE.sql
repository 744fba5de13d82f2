-- Lists the addresses, names and accounts that an earlier version took and that would not be taken today.
-- Run with: psql "$DATABASE_URL" -f seeds/CHECK_PEOPLE.sql
-- Read only. Prints OK, or a line for each thing that a person should look at, and then ends with an exit code that is not 0.
-- All of it stays usable as it is. People are named by their id.
\set ON_ERROR_STOP on
\set QUIET on
\pset tuples_only on
\pset format unaligned

begin isolation level repeatable read read only;
set local role handoff_owner;
set local search_path = pg_catalog, pg_temp;

select format('%s: %s; %s', o.what, o.id, o.detail)
from handoff_private.stored_oddities() as o
order by 1;

select :ROW_COUNT as oddities, :ROW_COUNT = 0 as is_right \gset
\if :is_right
  \echo OK: addresses, names and accounts are as they are stored today.
\else
  set local handoff_check.oddities = :oddities;
  do $$ begin raise exception 'things to look at: %', current_setting('handoff_check.oddities'); end $$;
\endif

rollback;
