begin;
select plan(2);

create temporary view fault as
select t.oid::regclass as table_name, r.rolname
from pg_class as t
join pg_roles as r on r.rolname like 'handoff\_%' and not r.rolcanlogin
where t.relnamespace::regnamespace::text like 'handoff%' and t.relkind in ('r', 'p')
  and has_any_column_privilege(r.oid, t.oid, 'select')
  and not exists (
    select from pg_policy as p where p.polrelid = t.oid and p.polcmd in ('*', 'r') and p.polroles = array[r.oid]
  );

select is_empty('select * from fault', 'every role that may read a table has a policy that says which rows');
grant select on handoff.sessions to handoff_admin;
select isnt_empty('select * from fault', 'a grant without a policy would be found');

select * from finish();
rollback;
