-- Says whether the database is as it was deployed: tables, constraints, triggers, functions, row-level security, who may do
-- what, roles with their settings and members. Run with: psql "$DATABASE_URL" -f seeds/CHECK_SCHEMA.sql
-- Read only. Prints OK, or a line for each thing that is wrong, and then ends with an exit code that is not 0.
-- `make migrate` puts right what is ours; what is meant as it is, is taken for right by seeds/ACCEPT_SCHEMA.sql.
\set ON_ERROR_STOP on
\set QUIET on
\pset tuples_only on
\pset format unaligned

begin read only;
-- A superuser looks also when the owner has lost its rights.
select not r.rolsuper as is_plain from pg_catalog.pg_roles as r where r.rolname = current_user \gset
\if :is_plain
  set local role handoff_owner;
\endif
set local search_path = pg_catalog, pg_temp;
set local row_security = on;

select d.line from handoff_private.drift() as d;

select :ROW_COUNT as faults, :ROW_COUNT = 0 as is_right \gset
\if :is_right
  \echo OK: the schema is as it was deployed.
\else
  set local handoff_check.faults = :faults;
  do $$ begin raise exception 'things that are wrong: %', current_setting('handoff_check.faults'); end $$;
\endif

rollback;
