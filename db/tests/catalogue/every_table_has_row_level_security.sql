begin;
select plan(2);

create temporary view fault as
select t.oid::regclass as table_name
from pg_class as t
where t.relnamespace::regnamespace::text like 'handoff%' and t.relkind in ('r', 'p', 'f')
  and not (t.relrowsecurity and t.relforcerowsecurity);

select is_empty('select * from fault', 'row-level security is enabled and forced on every table');
create table handoff_ops.forgotten (id integer);
select isnt_empty('select * from fault', 'a table without it would be found');

select * from finish();
rollback;
