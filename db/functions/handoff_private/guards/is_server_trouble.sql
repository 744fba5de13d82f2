create or replace function handoff_private.is_server_trouble(p_sqlstate text)
returns boolean
language sql
immutable
as $$ select left(p_sqlstate, 2) in ('08', '25', '40', '53', '57', '58', 'XX') or p_sqlstate = '55P03' $$;

comment on function handoff_private.is_server_trouble(text) is
  'True for conditions of the server and not of the event: connection, read-only, serialization, deadlock, resources,'
  ' cancel, system, lock timeout.';
