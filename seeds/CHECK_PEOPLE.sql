-- Lists the addresses, names and accounts that an earlier version took and that would not be taken today, as the admin's page
-- does. Run with: psql "$DATABASE_URL" -f seeds/CHECK_PEOPLE.sql
-- Read only. Prints OK, or a line for each thing that a person should look at, and then ends with an exit code that is not 0.
-- All of it stays usable as it is. People are named by their id.
\set ON_ERROR_STOP on
\set QUIET on
\pset tuples_only on
\pset format unaligned

begin isolation level repeatable read read only;
set local role handoff_owner;
set local search_path = pg_catalog, pg_temp;
set local row_security = on;

select format('%s: %s; %s', w.what, coalesce(o.partner_slug || ' ' || to_json(o.external_student_id), o.profile_id::text), w.advice)
from handoff.stored_oddities() as o
left join (values
  ('address_refused', 'address that would not be taken today', 'correct it with correct_profile'),
  ('address_taken', 'address that another person has in its usual form',
    'correct it with correct_profile, or merge the two with merge_profiles'),
  ('name_refused', 'name of which nothing is to be seen, or with signs that turn it round', 'correct it with correct_profile'),
  ('account_unusual', 'account that looks like another', 'events that name it are read in its usual form; link that form, too')
) as w (oddity, what, advice) using (oddity)
order by 1;

select :ROW_COUNT as oddities, :ROW_COUNT = 0 as is_right \gset
\if :is_right
  \echo OK: addresses, names and accounts are as they are stored today.
\else
  set local handoff_check.oddities = :oddities;
  do $$ begin raise exception 'things to look at: %', current_setting('handoff_check.oddities'); end $$;
\endif

rollback;
