begin;
select plan(5);

create temporary table given as select test.enroll('medical-assistant') as enrollment_id;
select handoff.skip_step(test.step(enrollment_id, 1), 'has the card already') from given;

select is(
  handoff.mark_step_complete(test.step(enrollment_id, 1), 'HSI-4711'), test.step(enrollment_id, 2),
  'on a skipped one: the step in progress is returned'
) from given;
select is(test.steps(enrollment_id), 'hsi:skipped certiport:in_progress careersafe:pending', 'stays skipped') from given;
select is(
  (select s.external_enrollment_id from handoff.enrollment_steps as s where s.id = test.step(given.enrollment_id, 1)),
  'HSI-4711', 'evidence kept'
) from given;
select handoff.mark_step_complete(test.step(enrollment_id, 1), 'HSI-2') from given;
select is(
  (select s.external_enrollment_id from handoff.enrollment_steps as s where s.id = test.step(given.enrollment_id, 1)),
  'HSI-4711', 'and not overwritten by later evidence'
) from given;
select is((select count(*) from handoff.step_transitions as t where t.step_id = test.step(given.enrollment_id, 1) and t.to_status = 'completed'), 0::bigint, 'and it was never completed') from given;

select * from finish();
rollback;
