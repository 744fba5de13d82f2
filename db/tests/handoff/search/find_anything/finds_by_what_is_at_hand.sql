begin;
select plan(11);
create temporary table given as
select test.admin() as ada, test.student('john@test.example') as john, test.enroll('cpr-first-aid', 'john@test.example') as johns;
select handoff.link_partner_account('hsi', 'H-77', john) from given;
create temporary table sent as select test.send('hsi', 'course.completed', john, '{"student_id": "H-77"}', 'k') as event from given;
create temporary table things as
select e.receipt, (select c.number from handoff.certificates as c) as number from handoff.partner_events as e;
grant select on given, things to public;
create function pg_temp.found(p_text text) returns text language sql as $$
  select coalesce(string_agg(f.kind || ':' || coalesce(f.profile_id = g.john, false), ' '), '')
  from handoff.find_anything(p_text) as f cross join given as g
$$;
select test.as_admin(ada) from given;
select is(pg_temp.found('john'), 'student:true', 'a name');
select is(pg_temp.found('JOHN@test.example'), 'student:true', 'an address');
select is(pg_temp.found(' H-77'), 'account:true', 'the partner''s id of a student');
select is(pg_temp.found(t.number), 'certificate:true', 'a certificate''s number') from things as t;
select is(pg_temp.found(lower(replace(t.number, '-', ' '))), 'certificate:true', 'as it was typed') from things as t;
select is(pg_temp.found(upper(t.receipt::text)), 'event:true', 'a receipt') from things as t;
select is(pg_temp.found(w.text), '', coalesce('«' || w.text || '»', 'nothing'))
from (values ('H-7'), (gen_random_uuid()::text), (''), (null)) as w (text);
select test.as_admin(john) from given;
select is(pg_temp.found('john'), '', 'a student''s claims find nothing');
select * from finish();
rollback;
