begin;
select plan(6);

create temporary table given as select test.enroll('medical-assistant') as enrollment_id;

select is(
  handoff.mark_step_complete(test.step(enrollment_id, 3)), test.step(enrollment_id, 1),
  'on a pending step: the step in progress is returned'
) from given;
select is(
  test.steps(enrollment_id), 'hsi:in_progress certiport:pending careersafe:completed',
  'it becomes completed, the current step stays current'
) from given;
select ok(
  (select s.started_at is null and s.completed_at is not null
   from handoff.enrollment_steps as s where s.id = test.step(given.enrollment_id, 3)),
  'early, no started_at'
) from given;
select handoff.mark_step_complete(test.step(enrollment_id, 1)) from given;
select is(test.steps(enrollment_id), 'hsi:completed certiport:in_progress careersafe:completed', 'then the sequence goes on') from given;
select is(handoff.mark_step_complete(test.step(enrollment_id, 2)), null, 'and ends when the last open step is done') from given;
select is(test.status(enrollment_id), 'completed', 'with a completed enrollment') from given;

select * from finish();
rollback;
