begin;
select plan(23);

select test.set_clock('2026-03-02 09:00+00');
create temporary table given as select test.enroll('medical-assistant') as enrollment_id, test.student() as student_id;
select test.travel('3 days');

-- S1, done the evening before by the partner's clock.
create temporary table first as
  select r.*
  from given, handoff.receive_partner_event('hsi', 'first', convert_to(jsonb_build_object(
    'event', 'course.completed', 'student_id', student_id, 'enrollment_id', 'hsi-7', 'course_id', 'CPR', 'completed_at', '2026-03-04T18:00:00-05:00'
  )::text, 'UTF8')) as r;
select is(status || ':' || reason, 'accepted:completed', 'a completion of the step in progress') from first;
select is(first.enrollment_id, given.enrollment_id, 'the receipt names the enrollment') from first, given;
select is(step_id, test.step(given.enrollment_id, 1), 'and the step') from first, given;
select is(
  next_step_id, test.step(given.enrollment_id, 2), 'next_step_id: the step that this event started'
) from first, given;
select is(
  test.steps(enrollment_id), 'hsi:completed certiport:in_progress careersafe:pending', 'the next partner starts'
) from given;
select is(
  (s.completed_at = '2026-03-05 09:00+00', s.partner_completed_at = '2026-03-04 23:00+00', s.external_enrollment_id)::text,
  '(t,t,hsi-7)', 'its time and ours, and the partner''s id of the enrollment'
) from given join handoff.enrollment_steps as s on s.id = test.step(given.enrollment_id, 1);
select is(
  (select array_agg((t.from_status, t.to_status, t.cause, t.event_receipt = first.receipt, t.actor_role)::text order by t.id)
   from handoff.step_transitions as t, first where t.event_receipt is not null),
  array['(in_progress,completed,partner_event,t,postgres)', '(pending,in_progress,advanced,t,postgres)'],
  'one entry in the audit trail for each change, with the event behind it'
);
select is(test.send('certiport', 'exam.completed', student_id, '{"passed": true}'), 'accepted:completed', 'S2') from given;
select is(test.status(enrollment_id), 'active', 'not yet at the end') from given;

-- S3, the last one.
create temporary table last as
  select r.*
  from given, handoff.receive_partner_event('careersafe', 'last', convert_to(jsonb_build_object(
    'event', 'training.completed', 'student_id', student_id
  )::text, 'UTF8')) as r;
select is(status || ':' || reason, 'accepted:completed', 'a completion of the last step') from last;
select is(next_step_id, null, 'starts nothing') from last;
select is(test.status(enrollment_id), 'completed', 'completes the enrollment') from given;
select is(
  (select count(*) from handoff.certificates as c where c.enrollment_id = given.enrollment_id), 1::bigint,
  'and issues the certificate, in the same transaction'
) from given;
select is(
  (select (t.to_status, t.cause, t.event_receipt = last.receipt)::text
   from handoff.step_transitions as t, last where t.enrollment_id = given.enrollment_id and t.step_id is null order by t.id desc limit 1),
  '(completed,all_steps_done,t)', 'the audit trail names the event that completed the enrollment'
) from given;
select is(s.partner_completed_at, null, 'without completed_at only our time is known')
from given join handoff.enrollment_steps as s on s.id = test.step(given.enrollment_id, 3);

-- A completed student.
create temporary table before as select test.picture(enrollment_id) as picture from given;
select is(
  test.send('careersafe', 'training.completed', student_id), 'ignored:already_completed', 'a completion after the end'
) from given;
select is(
  test.send('hsi', 'course.completed', student_id), 'ignored:already_completed', 'of the first step, too'
) from given;
select is(
  test.send('certiport', 'exam.completed', student_id, '{"passed": false}'),
  'ignored:late_failure', 'a failure after the end'
) from given;
select is(
  test.send('certiport', 'certification.issued', student_id), 'accepted:evidence', 'evidence after the end'
) from given;
select is(test.send('hsi', 'enrollment.created', student_id), 'accepted:acknowledged', 'a late acknowledgement') from given;
select is(test.picture(enrollment_id), before.picture, 'completes nothing twice and takes nothing back') from given, before;
select is((select count(*) from handoff.partner_events as e), 8::bigint, 'every event is kept');
select is(
  (select count(*) from handoff.partner_events as e where e.enrollment_id = given.enrollment_id and e.step_id is not null), 8::bigint,
  'with the step that it is about'
) from given;

select * from finish();
rollback;
