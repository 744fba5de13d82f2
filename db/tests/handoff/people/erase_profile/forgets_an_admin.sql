begin;
select plan(4);

create temporary table given as
select test.admin() as ada, handoff.create_profile('zeb@test.example', 'Zebulon Quux', 'admin') as zeb, test.enroll('cna') as cna;
grant select on given to public;
select handoff.receive_partner_event('hsi', 'a', convert_to(format('{"event": "certificate.issued", "student_id": "%s"}', test.student()), 'UTF8'), 'manual', '{"by": "Zebulon Quux", "mail": "zeb@test.example"}');
select handoff.receive_partner_event('hsi', 'a', convert_to('{"event": "certificate.issued"}', 'UTF8'), 'manual', '{"by": "Zebulon Quux"}');
select test.act('handoff_admin', zeb) from given;
select handoff.hold_enrollment(cna, 'on leave') from given;
select test.as_dba();
select handoff.erase_profile(zeb, 'left the school') from given;
select is(test.found(w.word), '', w.word || ' is in no column of no table') from (values ('Quux'), ('zeb@')) as w (word);
select isnt((select e.body from handoff.partner_events as e), null, 'the student''s event keeps its body');
select is((select t.reason from handoff.step_transitions as t, given where t.actor_id = zeb), 'on leave', 'what the person did stays') from given;

select * from finish();
rollback;
