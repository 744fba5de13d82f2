begin;
select plan(2);

create temporary view fault as
select 'schema' as kind, n.nspname::text as name
from pg_namespace as n
where n.nspname like 'handoff%' and pg_get_userbyid(n.nspowner) <> 'handoff_owner'
union all
select 'relation', c.oid::regclass::text
from pg_class as c
where c.relnamespace::regnamespace::text like 'handoff%' and pg_get_userbyid(c.relowner) <> 'handoff_owner'
union all
select 'type', format_type(t.oid, null)
from pg_type as t
where t.typnamespace::regnamespace::text like 'handoff%' and pg_get_userbyid(t.typowner) <> 'handoff_owner'
union all
select 'function', f.oid::regprocedure::text
from pg_proc as f
where f.pronamespace::regnamespace::text like 'handoff%' and pg_get_userbyid(f.proowner) <> 'handoff_owner'
  and not exists (
    select from pg_range as r where f.prorettype in (r.rngtypid, r.rngmultitypid) and f.prolang = 12
  );

select is_empty('select * from fault', 'handoff_owner owns every schema, table, sequence, view, type and function');
create table handoff.of_the_deployer (id integer primary key);
create function handoff.of_the_deployer() returns integer language sql as 'select 1';
select results_eq(
  'select distinct kind from fault order by kind', array['function', 'relation', 'type'], 'what another owns would be found'
);

select * from finish();
rollback;
