begin;
select plan(4);

create temporary table given as select test.enroll('medical-assistant') as enrollment_id;
create temporary table before as select test.picture(enrollment_id) as picture from given;

select is(
  handoff.advance_to_next_step(enrollment_id), test.step(enrollment_id, 1),
  'with a step in progress, that step is returned'
) from given;
select is(
  handoff.advance_to_next_step(enrollment_id), test.step(enrollment_id, 1), 'however often it is called'
) from given;
select is(test.steps(enrollment_id), 'hsi:in_progress certiport:pending careersafe:pending', 'one step is in progress') from given;
select is(test.picture(enrollment_id), picture, 'and nothing changes, the audit trail included') from given, before;

select * from finish();
rollback;
