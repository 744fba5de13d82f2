begin;
select plan(3);

create temporary table given as select test.enroll('medical-assistant') as enrollment_id;
select handoff.fail_step(test.step(enrollment_id, 1), 'did not pass') from given;

select is(
  handoff.mark_step_complete(test.step(enrollment_id, 1)), test.step(enrollment_id, 2), 'on a failed step: completes it'
) from given;
select is(test.steps(enrollment_id), 'hsi:completed certiport:in_progress careersafe:pending', 'and advances') from given;

select handoff.fail_step(test.step(enrollment_id, 2), 'did not pass') from given;
select handoff.mark_step_complete(test.step(enrollment_id, 3)) from given;
select is(
  test.steps(enrollment_id), 'hsi:completed certiport:failed careersafe:completed',
  'a step completed early does not pass a failed one'
) from given;

select * from finish();
rollback;
