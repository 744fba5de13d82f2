begin;
select plan(9);

create temporary table given as select test.student() as student_id;
select is(
  test.send('hsi', 'course.completed', null, '{"student_id": "h-1"}'),
  'parked:unknown_student', 'an account that nobody knows'
);
select is(test.send('hsi', 'course.completed', gen_random_uuid()), 'parked:unknown_student', 'a profile id that nobody has');
select is(
  (select (a.student_id, a.linked_at)::text from handoff.partner_accounts as a where a.external_student_id = 'h-1'), '(,)',
  'the account is noted, linked to nobody'
);
select is(
  test.send('hsi', 'course.completed', student_id), 'parked:no_enrollment', 'a student without enrollment'
) from given;
select handoff.enroll_student(student_id, 'it-support-specialist') from given;
select is(
  test.send('hsi', 'course.completed', student_id),
  'parked:no_enrollment', 'a student whose enrollment has no step of this partner'
) from given;
select is((select count(*) from handoff.partner_accounts), 2::bigint, 'our own profile id needs no account');

-- Enrolling does not apply what came before.
select handoff.enroll_student(student_id, 'cpr-first-aid') from given;
select is(
  (select string_agg(e.reason, ' ' order by e.position) from handoff.partner_events as e),
  'unknown_student unknown_student no_enrollment no_enrollment', 'no_enrollment waits for a person, then replay_partner_event'
);
select is(r.status || ':' || r.reason, 'accepted:completed', 'replayed after the student was enrolled')
from (select e.receipt from handoff.partner_events as e where e.reason = 'no_enrollment' order by e.position limit 1) as e,
  handoff.replay_partner_event(e.receipt) as r;
select is(r.status || ':' || r.reason, 'ignored:already_completed', 'the other one says the same')
from (select e.receipt from handoff.partner_events as e where e.reason = 'no_enrollment') as e, handoff.replay_partner_event(e.receipt) as r;

select * from finish();
rollback;
