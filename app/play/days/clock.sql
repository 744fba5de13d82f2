-- The clock of a simulation: the real time, and what was skipped. It never goes back, and a sequence says the same to everybody at once.
create schema simulated;
grant usage on schema simulated to public;
create sequence simulated.skipped as bigint minvalue 0 start 0 cache 1;
select setval('simulated.skipped', 0);
grant select on sequence simulated.skipped to public;

create or replace function handoff.clock()
returns timestamptz
language sql
volatile
as $$
  select pg_catalog.clock_timestamp()
    + pg_catalog.pg_sequence_last_value('simulated.skipped'::pg_catalog.regclass) * interval '1 microsecond'
$$;
