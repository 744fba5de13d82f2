-- Every function in our schemas, with the number of functions that have its name. Not the constructors of a range type,
-- which are made with the type.
select
  p.pronamespace::regnamespace || '.' || p.proname as name,
  p.oid::regprocedure::text as signature,
  count(*) over (partition by p.pronamespace, p.proname) as overloads
from pg_catalog.pg_proc as p
where p.pronamespace::regnamespace::text in ('handoff', 'handoff_private', 'handoff_ops')
  and not exists (
    select
    from pg_catalog.pg_range as r
    where p.prorettype in (r.rngtypid, r.rngmultitypid)
      and p.prolang = (select l.oid from pg_catalog.pg_language as l where l.lanname = 'internal')
  )
order by name, signature;
