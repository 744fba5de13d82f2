create or replace function handoff_private.without_mark(p_body bytea)
returns bytea
language sql
immutable
as $$ select case when substr(p_body, 1, 3) = $re$\xefbbbf$re$ then substr(p_body, 4) else p_body end $$;

comment on function handoff_private.without_mark(bytea) is
  'A body without the byte order mark that may stand before it.';
