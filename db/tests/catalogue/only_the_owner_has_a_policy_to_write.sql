begin;
select plan(2);

create temporary view fault as
select p.polrelid::regclass as table_name, p.polname
from pg_policy as p
where p.polrelid::regclass::text like 'handoff%' and p.polroles <> array(select r.oid from pg_roles as r where r.rolname = 'handoff_owner')
  and (p.polcmd <> 'r' or 0 = any (p.polroles) or not p.polpermissive);

select is_empty('select * from fault', 'no policy is open to everybody, and none but the owner''s lets anybody write');
create policy system on handoff.partner_events to public using (true);
select isnt_empty('select * from fault', 'a policy of the system that is open to everybody would be found');

select * from finish();
rollback;
