begin;
select plan(6);

create temporary table given as select test.enroll('medical-assistant') as enrollment_id;
create temporary table steps as
  select test.step(enrollment_id, 1) as first, test.step(enrollment_id, 2) as second, test.step(enrollment_id, 3) as third from given;

select handoff.mark_step_complete(first), handoff.fail_step(second, 'did not pass') from steps;
select is(handoff.reopen_step(first, 'revoked by the partner'), 'in_progress', 'before a failed step') from steps;
select is(test.steps(enrollment_id), 'hsi:in_progress certiport:pending careersafe:pending', 'the later failed step waits, too') from given;

select handoff.mark_step_complete(third), handoff.fail_step(first, 'did not pass') from steps;
select is(handoff.reopen_step(third, 'revoked by the partner'), 'pending', 'behind a failed step: pending') from steps;
select is(test.steps(enrollment_id), 'hsi:failed certiport:pending careersafe:pending', 'the failed step goes on blocking') from given;
select is(handoff.advance_to_next_step(enrollment_id), null, 'nothing starts behind it') from given;
select is(handoff.mark_step_complete(first), second, 'until it is passed') from steps;

select * from finish();
rollback;
