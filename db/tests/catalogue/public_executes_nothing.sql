begin;
select plan(5);

-- The constructors of a range type belong to the bootstrap superuser, and are PUBLIC's whatever we revoke; nobody but the
-- owner can use their schema.
create temporary view fault as
select f.oid::regprocedure as function_name
from pg_proc as f
join pg_namespace as n on n.oid = f.pronamespace
where n.nspname like 'handoff%' and has_function_privilege('public', f.oid, 'execute')
  and not (n.nspname = 'handoff_private' and exists (
    select from pg_range as r where f.prorettype in (r.rngtypid, r.rngmultitypid) and f.prolang = 12
  ));

select is_empty('select * from fault', 'PUBLIC can execute nothing');
select is_empty(
  $$select n.nspname, r.rolname
    from pg_namespace as n
    cross join (select rolname::text from pg_roles where rolname like 'handoff\_%' union all select 'public') as r (rolname)
    where n.nspname in ('handoff_private', 'handoff_ops') and r.rolname <> 'handoff_owner'
      and has_schema_privilege(r.rolname, n.oid, 'usage')$$,
  'nobody but the owner can use the private schemas'
);
set local role handoff_owner;
create function handoff.new_one() returns integer language sql as 'select 1';
create type handoff.new_type as enum ('one');
reset role;
select is_empty('select * from fault', 'a new function starts closed');
select ok(not has_type_privilege('public', 'handoff.new_type', 'usage'), 'a new type too');
grant execute on function handoff.new_one() to public;
select isnt_empty('select * from fault', 'one that PUBLIC can execute would be found');

select * from finish();
rollback;
