create or replace function handoff_private.our_functions()
returns setof pg_catalog.pg_proc
language sql
stable
set search_path = pg_catalog, pg_temp
as $$
  select p.*
  from pg_catalog.pg_namespace as n
  join pg_catalog.pg_proc as p on p.pronamespace = n.oid
  where n.nspname in ('handoff', 'handoff_private', 'handoff_ops')
    and not exists (
      select
      from pg_catalog.pg_range as r
      where p.prorettype in (r.rngtypid, r.rngmultitypid)
        and p.prolang = (select l.oid from pg_catalog.pg_language as l where l.lanname = 'internal')
    )
$$;

comment on function handoff_private.our_functions() is
  'The functions in our schemas. Not the constructors of a range type, which are made with the type and are nobody''s '
  'to revoke.';
