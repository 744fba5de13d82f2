begin;
select plan(22);

-- The partner's own id of an enrollment is known from its first event; later ones are found by it.
select test.set_clock('2026-03-02 09:00+00');
create temporary table given as
  select test.student() as student_id, test.enroll('cna') as cna, test.enroll('emt') as emt;
create function pg_temp.ref(p_enrollment_id uuid, p_order integer) returns text language sql as $$
  select s.external_enrollment_id from handoff.enrollment_steps as s where s.id = test.step(p_enrollment_id, p_order)
$$;

-- Both programs begin with hsi: what names neither is undecided.
select is(
  test.send('hsi', 'enrollment.created', student_id, '{"enrollment_id": "hsi-1"}'),
  'parked:ambiguous', 'no step has this id yet'
) from given;
select is(
  test.send('hsi', 'enrollment.created', student_id, jsonb_build_object('enrollment_id', test.step(emt, 1))), 'accepted:acknowledged',
  'enrollment_id in a payload is our step id'
) from given;
select is(pg_temp.ref(emt, 1), null, 'our own id is not stored as the partner''s') from given;
select is(r.status || ':' || r.reason, 'accepted:acknowledged', 'or an admin says which step it means')
from given, handoff.partner_events as e, handoff.assign_partner_event(e.receipt, test.step(given.cna, 1), 'as their list says') as r
where e.status = 'parked';
select is(pg_temp.ref(cna, 1), 'hsi-1', 'the partner''s id is stored at its first event, not at completion') from given;
select is(
  test.send('hsi', 'certificate.issued', student_id, '{"enrollment_id": "hsi-1"}'),
  'accepted:evidence', 'later events are found by it'
) from given;
select is(
  test.send('hsi', 'course.completed', student_id, '{"enrollment_id": "hsi-1", "course_id": "cpr"}'),
  'accepted:completed', 'a completion, too'
) from given;
select is(
  test.steps(cna) || ', ' || test.steps(emt),
  'hsi:completed certiport:in_progress, hsi:in_progress certiport:pending', 'of the right enrollment'
) from given;
select is(
  test.send('hsi', 'course.completed', student_id, jsonb_build_object('enrollment_id', upper(test.step(emt, 1)::text), 'course_id', 'aed')), 'accepted:completed',
  'our step id in capitals is our step id'
) from given;
select is(pg_temp.ref(emt, 1), null, 'and not the partner''s') from given;

-- A first event that completes brings its id along.
select is(
  test.send('certiport', 'exam.completed', student_id, jsonb_build_object('passed', true, 'enrollment_id', test.step(cna, 2), 'exam_id', 'one')),
  'accepted:completed', 'the first event of the next partner completes its step'
) from given;
select is(test.status(cna), 'completed', 'and the enrollment with it') from given;
select is(
  test.send('certiport', 'exam.completed', student_id, '{"passed": false, "enrollment_id": "cert-2"}'), 'accepted:attempt_failed',
  'an open enrollment goes before a completed one'
) from given;
select is(pg_temp.ref(emt, 2), 'cert-2', 'a failed attempt brings its id along') from given;

-- Each kind of event leaves the traces of the others alone.
select is(
  test.send('certiport', 'enrollment.created', student_id, '{"enrollment_id": "cert-3"}'), 'accepted:acknowledged', 'another id later'
) from given;
select is(pg_temp.ref(emt, 2), 'cert-2', 'the first id stays') from given;
select is(
  test.send('certiport', 'exam.completed', student_id, '{"passed": false, "enrollment_id": "cert-4"}'), 'accepted:attempt_failed', 'another attempt under another id'
) from given;
select is(pg_temp.ref(emt, 2), 'cert-2', 'the first id still stays') from given;
select is(
  test.send('certiport', 'exam.completed', student_id, '{"passed": true, "exam_id": "two", "score": 800, "completed_at": "2026-03-03T08:00:00Z"}'),
  'accepted:completed', 'completed'
) from given;
select is(
  test.send('certiport', 'enrollment.created', student_id, jsonb_build_object('enrollment_id', test.step(emt, 2))), 'accepted:acknowledged',
  'a late enrollment.created'
) from given;
select is(
  (s.status, s.external_enrollment_id, s.failed_attempts, s.partner_completed_at = '2026-03-03 08:00+00')::text, '(completed,cert-2,2,t)',
  'does not reopen the step and erases nothing'
) from given join handoff.enrollment_steps as s on s.id = test.step(given.emt, 2);
select is(test.status(emt), 'completed', 'the enrollment stays completed') from given;

select * from finish();
rollback;
