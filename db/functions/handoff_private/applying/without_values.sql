-- PostgreSQL quotes what it could not read after a colon, and names of tables and constraints in between.
create or replace function handoff_private.without_values(p_message text)
returns text
language sql
immutable
as $$
  select regexp_replace(regexp_replace(p_message, ': ".*$', ': (a value)'), '^value ".*" ', 'value "(a value)" ')
$$;

comment on function handoff_private.without_values(text) is
  'The message of an error for the server''s log: what it quotes of an event is not in it.';
