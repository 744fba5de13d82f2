begin;
select plan(2);

-- Two policies are joined by OR: it takes the index from the plan, and nobody sees all that a role may do in one place.
create temporary view fault as
select p.polrelid::regclass as table_name, polrole.id::regrole as role_name, verb.letter
from pg_policy as p
cross join unnest(p.polroles) as polrole (id)
cross join unnest(array['r', 'a', 'w', 'd']) as verb (letter)
where p.polrelid::regclass::text like 'handoff%' and p.polcmd::text in ('*', verb.letter)
group by p.polrelid, polrole.id, verb.letter
having count(*) > 1;

select is_empty('select * from fault', 'no role has two policies for one command on one table');
create policy second on handoff.enrollments for select to handoff_student using (true);
select isnt_empty('select * from fault', 'a second one would be found');

select * from finish();
rollback;
