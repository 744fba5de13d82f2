begin;
select plan(2);

-- As no function leaves it: nothing is in progress.
create temporary table given as select test.enroll('medical-assistant') as enrollment_id;
select handoff.mark_step_complete(test.step(enrollment_id, 1)) from given;
update handoff.enrollment_steps as s set status = 'pending', started_at = null from given where s.id = test.step(given.enrollment_id, 2);
create temporary table before as select test.picture(enrollment_id) as picture from given;

select is(handoff.mark_step_complete(test.step(enrollment_id, 1)), null, 'on a completed step: the step in progress, which is none') from given;
select is(test.picture(enrollment_id), picture, 'no change') from given, before;

select * from finish();
rollback;
