begin;
select plan(3);

-- Security definer is a door into the owner's rights: each stands in handoff, and is there for a role.
create temporary view fault as
select f.oid::regprocedure as function_name
from pg_proc as f
where f.pronamespace::regnamespace::text like 'handoff%' and f.prosecdef
  and (f.pronamespace <> 'handoff'::regnamespace or not exists (
    select
    from aclexplode(f.proacl) as a
    where a.privilege_type = 'EXECUTE' and a.grantee not in (0, f.proowner)
  ));

select is_empty('select * from fault', 'every security definer function is granted to a role');
revoke execute on function handoff.hold_enrollment(uuid, text) from handoff_admin;
select is((select count(*) from fault), 1::bigint, 'one that is for nobody would be found');
alter function handoff_private.move_on(uuid) security definer;
select is((select count(*) from fault), 2::bigint, 'and a private one');

select * from finish();
rollback;
