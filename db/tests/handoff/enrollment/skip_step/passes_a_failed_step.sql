begin;
select plan(3);

create temporary table given as select test.enroll('cna') as enrollment_id;
select handoff.fail_step(test.step(enrollment_id, 1), 'did not pass') from given;
select is(handoff.skip_step(test.step(enrollment_id, 1), 'waived'), 'skipped', 'a failed step may be skipped') from given;
select is(test.steps(enrollment_id), 'hsi:skipped certiport:in_progress', 'and blocks no more') from given;

create temporary table other as select test.enroll('bookkeeping') as enrollment_id;
select handoff.mark_step_complete(test.step(enrollment_id, 1)), handoff.skip_step(test.step(enrollment_id, 2), 'waived') from other;
select is(test.status(enrollment_id), 'completed', 'skipping the last open step completes the enrollment') from other;

select * from finish();
rollback;
