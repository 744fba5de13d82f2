begin;
select plan(2);

-- As no function leaves it: the first step was failed by hand while the second was in progress.
create temporary table given as select test.enroll('medical-assistant') as enrollment_id;
select handoff.mark_step_complete(test.step(enrollment_id, 1)) from given;
update handoff.enrollment_steps as s set status = 'failed', completed_at = null from given where s.id = test.step(given.enrollment_id, 1);
create temporary table before as select test.picture(enrollment_id) as picture from given;

select is(handoff.advance_to_next_step(enrollment_id), test.step(enrollment_id, 2), 'the step in progress') from given;
select is(test.picture(enrollment_id), picture, 'nothing changes') from given, before;

select * from finish();
rollback;
