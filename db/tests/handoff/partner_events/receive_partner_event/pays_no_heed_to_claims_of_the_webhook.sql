begin;
select plan(2);

-- The webhook's role acts for nobody, so a claim that is set there neither helps nor hinders.
create temporary table given as select test.student() as student_id, test.enroll('cna') as enrollment_id;
grant select on given to public;
select test.act('handoff_webhook', student_id) from given;
select is(test.send('hsi', 'course.completed', student_id), 'accepted:completed', 'with a student''s claims') from given;
select test.as_dba();
select is(
  (select t.actor_id from handoff.step_transitions as t where t.step_id = test.step(given.enrollment_id, 1) and t.to_status = 'completed'),
  null, 'it is signed with no name'
) from given;

select * from finish();
rollback;
