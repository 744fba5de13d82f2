begin;
select plan(5);

create temporary table given as select test.enroll('medical-assistant') as enrollment_id;
select handoff.mark_step_complete(test.step(enrollment_id, 1), 'HSI-1') from given;
select test.travel('1 hour');
create temporary table before as select test.picture(enrollment_id) as picture from given;

select is(
  handoff.mark_step_complete(test.step(enrollment_id, 1), 'HSI-2'), test.step(enrollment_id, 2),
  'on a completed step: the step in progress'
) from given;
select is(
  test.steps(enrollment_id), 'hsi:completed certiport:in_progress careersafe:pending', 'a repeated call never advances twice'
) from given;
select is(test.picture(enrollment_id), picture, 'no change: neither its time nor the partner''s id is overwritten') from given, before;

select handoff.mark_step_complete(test.step(enrollment_id, 2)), handoff.mark_step_complete(test.step(enrollment_id, 3)) from given;
update before set picture = test.picture(given.enrollment_id) from given;
select is(handoff.mark_step_complete(test.step(enrollment_id, 3)), null, 'on a step of a completed enrollment: null') from given;
select is(test.picture(enrollment_id), picture, 'no change') from given, before;

select * from finish();
rollback;
