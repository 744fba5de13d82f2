begin;
select plan(2);

create temporary view fault as
select 'schema' as kind, n.nspname::text as name
from pg_namespace as n
where n.nspname like 'handoff%' and obj_description(n.oid, 'pg_namespace') is null
union all
select 'table', c.oid::regclass::text
from pg_class as c
where c.relnamespace::regnamespace::text like 'handoff%' and c.relkind in ('r', 'p', 'v', 'm', 'f')
  and obj_description(c.oid, 'pg_class') is null
union all
select 'type', format_type(t.oid, null)
from pg_type as t
left join pg_class as c on c.oid = t.typrelid
where t.typnamespace::regnamespace::text like 'handoff%'
  and (t.typtype in ('d', 'e', 'r') or (t.typtype = 'c' and c.relkind = 'c'))
  and obj_description(t.oid, 'pg_type') is null
union all
select 'function', f.oid::regprocedure::text
from pg_proc as f
where f.pronamespace::regnamespace::text like 'handoff%' and f.prolang <> 12 and obj_description(f.oid, 'pg_proc') is null
union all
select 'role', r.rolname::text
from pg_roles as r
where r.rolname like 'handoff\_%' and shobj_description(r.oid, 'pg_authid') is null;

select is_empty('select * from fault', 'every schema, table, type, function and role says what it is for');
create schema handoff_silent;
create table handoff_silent.t (id integer);
create type handoff_silent.e as enum ('one');
create function handoff_silent.f() returns integer language sql as 'select 1';
create role handoff_silent;
select results_eq(
  'select kind from fault order by kind', array['function', 'role', 'schema', 'table', 'type'],
  'one that says nothing would be found'
);

select * from finish();
rollback;
