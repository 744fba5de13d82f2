-- What must hold after every commit: the tests of states, of races and of crashes all ask this function.
-- Loaded after setup.sql.

create or replace function test.violations()
returns table (invariant text, enrollment_id uuid, detail text)
language sql
stable
set search_path = pg_catalog, pg_temp
as $$ select * from handoff_private.book_faults() $$;

comment on function test.violations() is 'The faults of the books.';
