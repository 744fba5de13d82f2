-- Lock order: session.
create or replace function handoff.end_session(p_session_hash bytea)
returns void
language sql
volatile
security definer
set search_path = pg_catalog, pg_temp
as $$ delete from handoff.sessions as s where s.session_hash = p_session_hash $$;

comment on function handoff.end_session(bytea) is 'Signs out.';
