begin;
select plan(9);

create temporary table given as select test.enroll('cna') as enrollment_id, test.student() as student_id;

select is(test.send('hsi', 'course.completed', student_id, '{}', 'one'), 'accepted:completed', 'by webhook') from given;
select is(
  test.send('hsi', 'course.completed', student_id, '{}', 'one', 'csv'), 'duplicate:accepted:completed',
  'the one way in for every channel: the same key in a file is a duplicate'
) from given;
select is(
  (select e.channel from handoff.partner_events as e where e.event_key = 'one'), 'webhook', 'the first channel is kept'
);
select is(
  test.send('certiport', 'exam.completed', student_id, '{"passed": true}', 'one'), 'accepted:completed',
  'same key from two partners: both are accepted'
) from given;
select is(
  test.send('hsi', 'course.completed', student_id, '{}', 'ONE'), 'ignored:already_completed', 'case makes another key'
) from given;
select is(
  test.send('hsi', 'course.completed', student_id, '{}', 'one '),
  'ignored:already_completed', 'a space makes another key'
) from given;
select is(
  test.deliver_raw('hsi', convert_to(jsonb_build_object('student_id', student_id, 'event', 'course.completed')::text || ' ', 'UTF8'), 'one'),
  'conflict:key_reused', 'a space in the body makes another body'
) from given;
select is(test.status(enrollment_id), 'completed', 'each step is completed once') from given;
select is(
  (select count(*) from handoff.step_transitions as t where t.enrollment_id = given.enrollment_id and t.to_status = 'completed'),
  3::bigint, 'two steps and the enrollment'
) from given;

select * from finish();
rollback;
