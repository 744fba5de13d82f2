begin;
select plan(3);

create temporary table given as select test.enroll('medical-assistant') as enrollment_id;

select is(
  handoff.advance_to_next_step(enrollment_id), test.step(enrollment_id, 1),
  'with a step in progress, that step is returned'
) from given;
select is(test.steps(enrollment_id), 'hsi:in_progress certiport:pending careersafe:pending', 'and nothing changes') from given;
select is(
  (select count(*) from handoff.step_transitions as t where t.enrollment_id = given.enrollment_id), 5::bigint,
  'and nothing is added to the audit trail'
) from given;

select * from finish();
rollback;
