begin;
select plan(3);

-- Its callers look first; it looks again, in the UPDATE itself.
create temporary table given as select test.enroll('medical-assistant') as enrollment_id;
create temporary table steps as
  select test.step(enrollment_id, 1) as first, test.step(enrollment_id, 2) as second, test.step(enrollment_id, 3) as third from given;
select handoff.mark_step_complete(first, 'HSI-1'), handoff.skip_step(third, 'waived') from steps;
select test.travel('1 hour');
create temporary table before as select test.picture(enrollment_id) as picture from given;

select is(handoff_private.complete_step(first, enrollment_id, 'HSI-2'), second, 'a completed step: the step in progress') from given, steps;
select is(handoff_private.complete_step(third, enrollment_id, 'CS-1'), second, 'a skipped one') from given, steps;
select is(test.picture(enrollment_id), picture, 'nothing changes') from given, before;

select * from finish();
rollback;
