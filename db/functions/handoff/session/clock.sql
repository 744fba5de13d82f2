-- The one source of time. There is nothing to set here: a test database replaces the function itself.
create or replace function handoff.clock()
returns timestamptz
language sql
volatile
as $$ select pg_catalog.clock_timestamp() $$;

comment on function handoff.clock() is 'The current time. The only clock that rules and pages read.';
