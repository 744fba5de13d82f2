begin;
select plan(7);

create temporary table given as
  select s.status, test.enrollment_in(s.status, 'medical-assistant') as enrollment_id
  from (values ('active'), ('completed')) as s (status);
select handoff.skip_step(test.step(enrollment_id, 1), 'waived') from given where status = 'active';

select handoff.enroll_student(e.student_id, e.program_slug, true)
from handoff.enrollments as e join given as g on g.enrollment_id = e.id where g.status = 'completed';
select throws_ok(
  format('select handoff.reopen_step(%L, ''why'')', test.step(enrollment_id, 1)), 'TH409', null,
  'refused after completion, when another enrollment of the program is open'
) from given where status = 'completed';
select is(test.status(enrollment_id), 'completed', 'it stays completed') from given where status = 'completed';
select handoff.hold_enrollment(enrollment_id, 'on leave') from given where status = 'active';
select throws_ok(
  format('select handoff.reopen_step(%L, ''why'')', test.step(enrollment_id, 1)), 'TH409', null, 'refused on hold'
) from given where status = 'active';
select handoff.withdraw_enrollment(enrollment_id, 'moved away') from given where status = 'active';
select throws_ok(
  format('select handoff.reopen_step(%L, ''why'')', test.step(enrollment_id, 1)), 'TH409', null, 'refused after withdrawal'
) from given where status = 'active';
select is(
  test.steps(enrollment_id), 'hsi:skipped certiport:in_progress careersafe:pending', 'the steps stay as they are'
) from given where status = 'active';
select throws_ok($$select handoff.reopen_step(gen_random_uuid(), 'why')$$, 'TH404', null, 'unknown step');
select throws_ok($$select handoff.reopen_step(null, 'why')$$, 'TH404', null, 'no step');

select * from finish();
rollback;
