-- Takes the database as it is for right: seeds/CHECK_SCHEMA.sql names no more what it names now.
-- Run with: psql "$DATABASE_URL" -f seeds/ACCEPT_SCHEMA.sql
-- For what a school has made on purpose: a login for reports, a DBA who is a member of handoff_owner. Read what
-- seeds/CHECK_SCHEMA.sql says first; a right of ours that is gone comes back with `make migrate` and not with this. What one of
-- our roles was given goes with the next deploy all the same: give it to a role of your own.
-- Prints what it takes for right, and nothing else changes.
\set ON_ERROR_STOP on
\set QUIET on
\pset tuples_only on
\pset format unaligned

begin;
set local role handoff_owner;
set local search_path = pg_catalog, pg_temp;
set local row_security = on;
lock table handoff_ops.deployed_facts in share row exclusive mode;

select 'accepted: ' || d.line from handoff_private.drift() as d;

delete from handoff_ops.deployed_facts as w
where not exists (select from handoff_private.facts() as f where f.kind = w.kind and f.name = w.name);

insert into handoff_ops.deployed_facts as w (kind, name, fact)
select f.kind, f.name, f.fact from handoff_private.facts() as f
on conflict (kind, name) do update set fact = excluded.fact where w.fact <> excluded.fact;

commit;
