begin;
select plan(25);

create function pg_temp.receipt(p_key text) returns uuid language sql as $$
  select e.receipt from handoff.partner_events as e where e.event_key = p_key
$$;
create function pg_temp.assign(p_key text, p_step_id uuid) returns text language sql as $$
  select r.status || ':' || r.reason from handoff.assign_partner_event(pg_temp.receipt(p_key), p_step_id, ' as the partner says ') as r
$$;
create temporary table given as
  select test.student() as student_id, test.enroll('cna') as cna, test.enroll('emt') as emt;

-- Ambiguous.
select is(
  test.send('hsi', 'course.completed', student_id, '{"enrollment_id": "hsi-2"}', 'which'),
  'parked:ambiguous', 'an ambiguous event'
) from given;
create temporary table answer as
  select r.* from given, handoff.assign_partner_event(pg_temp.receipt('which'), test.step(given.emt, 1), ' as the partner says ') as r;
select is(status || ':' || reason, 'accepted:completed', 'An admin says which step it means') from answer;
select is((receipt, answer.enrollment_id, step_id, next_step_id)::text, (pg_temp.receipt('which'), emt, test.step(emt, 1), test.step(emt, 2))::text, 'the answer is that of a delivery')
from answer, given;
select is(
  test.steps(cna) || ', ' || test.steps(emt),
  'hsi:in_progress certiport:pending, hsi:completed certiport:in_progress', 'the other one stays'
) from given;
select is(
  (select s.external_enrollment_id from handoff.enrollment_steps as s where s.id = test.step(given.emt, 1)), 'hsi-2', 'the partner''s id comes along'
) from given;
select is(
  (select array_agg((t.to_status, t.cause, t.reason, t.event_receipt = pg_temp.receipt('which'))::text order by t.id)
   from handoff.step_transitions as t where t.event_receipt is not null),
  array['(completed,partner_event,"as the partner says",t)', '(in_progress,advanced,"as the partner says",t)'],
  'the audit trail has the event and the reason'
);
select is(
  pg_temp.assign('which', test.step(emt, 1)), 'duplicate:accepted:completed', 'an applied event is not assigned again to its step'
) from given;
select is(test.steps(cna), 'hsi:in_progress certiport:pending', 'and moves nothing else') from given;

-- Whatever a person has to decide. The student it names is known in each case.
select is(
  test.send('hsi', 'course.completed', student_id, '{"completed_at": "2001-01-01T00:00:00Z", "enrollment_id": "hsi-1"}', 'when'),
  'parked:ambiguous', 'an old one, which is ambiguous, too'
) from given;
select is(
  pg_temp.assign('when', test.step(cna, 1)), 'accepted:completed', 'time_review: a person has looked at the time'
) from given;
select handoff.enroll_student(student_id, 'forklift-operator') from given;
update handoff.enrollment_steps set course_ref = 'OSHA-10' where partner_slug = 'careersafe';
select is(
  test.send('careersafe', 'training.completed', student_id, '{"training_id": "OSHA-30"}', 'course'),
  'parked:unmapped_course', 'a course that no step names'
) from given;
select is(pg_temp.assign('course', s.id), 'accepted:completed', 'unmapped_course: a person says that it will do') from handoff.enrollment_steps as s where s.partner_slug = 'careersafe';
select is(
  test.send('certiport', 'exam.completed', student_id, '{"passed": true}', 'early'), 'parked:ambiguous', 'ambiguous'
) from given;
select is(pg_temp.assign('early', test.step(emt, 2)), 'accepted:completed', 'the last step of one of them') from given;
select is(test.status(emt), 'completed', 'completes it') from given;

-- The step decides the outcome, as always.
select test.enroll('dental-assistant');
create temporary table dental as select e.id from handoff.enrollments as e where e.program_slug = 'dental-assistant';
select is(
  test.send('certiport', 'exam.completed', student_id, '{"passed": false}', 'failed'),
  'parked:ambiguous', 'a failed attempt'
) from given;
select is(pg_temp.assign('failed', test.step(cna, 2)), 'accepted:attempt_failed', 'stays one') from given;
select is(
  test.send('certiport', 'exam.completed', student_id, '{"passed": true}', 'pending'),
  'parked:ambiguous', 'for a step that waits its turn'
) from given;
select is(pg_temp.assign('pending', test.step(dental.id, 2)), 'accepted:completed_early', 'is early') from dental;
select is(
  test.send('certiport', 'certification.issued', student_id, '{}', 'card'), 'parked:ambiguous', 'evidence'
) from given;
select is(pg_temp.assign('card', test.step(cna, 2)), 'accepted:evidence', 'stays evidence') from given;
select is(test.send('hsi', 'course.completed', student_id, '{}', 'again'), 'parked:ambiguous', 'a completion') from given;
select is(
  pg_temp.assign('again', test.step(cna, 1)), 'ignored:already_completed', 'of a completed step is closed with that'
) from given;
select handoff.withdraw_enrollment(id, 'left') from dental;
select test.enroll('emt');
select is(
  test.send('hsi', 'course.completed', student_id, jsonb_build_object('enrollment_id', test.step(dental.id, 1)), 'gone'), 'parked:withdrawn', 'of who has left'
) from given, dental;
select is(
  pg_temp.assign('gone', test.step(dental.id, 1)),
  'parked:withdrawn', 'a withdrawn enrollment is not moved by it either'
) from dental;

select * from finish();
rollback;
