-- Every function in our schemas. Not the constructors of a range type, which are made with the type.
select
  p.oid::bigint as oid,
  n.nspname::text as schema,
  p.proname::text as name,
  p.oid::regprocedure::text as signature,
  p.proowner::regrole::text = 'handoff_owner' as is_owners,
  p.prorettype = 'trigger'::regtype as is_trigger,
  p.xmin::text as version
from pg_catalog.pg_namespace as n
join pg_catalog.pg_proc as p on p.pronamespace = n.oid
where n.nspname in ('handoff', 'handoff_private', 'handoff_ops')
  and not exists (
    select
    from pg_catalog.pg_range as r
    where p.prorettype in (r.rngtypid, r.rngmultitypid)
      and p.prolang = (select l.oid from pg_catalog.pg_language as l where l.lanname = 'internal')
  )
order by signature;
