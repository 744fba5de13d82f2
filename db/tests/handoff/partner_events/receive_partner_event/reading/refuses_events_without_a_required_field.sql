begin;
select plan(17);

create temporary table tried (what text, partner text, body text, outcome text);
insert into tried values
  ('no event', 'hsi', '{"student_id":"s"}', 'rejected:missing_field'),
  ('event is null', 'hsi', '{"event":null,"student_id":"s"}', 'rejected:missing_field'),
  ('the event under another name', 'hsi', '{"type":"course.completed","student_id":"s"}', 'rejected:missing_field'),
  ('no student_id', 'hsi', '{"event":"course.completed"}', 'rejected:missing_field'),
  ('student_id is null', 'hsi', '{"event":"course.completed","student_id":null}', 'rejected:missing_field'),
  ('no student_id in an event of unknown type', 'hsi', '{"event":"seat.sold"}', 'rejected:missing_field'),
  ('no student_id in an acknowledgement', 'hsi', '{"event":"enrollment.created"}', 'rejected:missing_field'),
  ('a nested payload', 'hsi', '{"event":"course.completed","data":{"student_id":"s"}}', 'rejected:missing_field'),
  ('an exam without passed', 'certiport', '{"event":"exam.completed","student_id":"s"}', 'rejected:missing_field'),
  ('an exam whose passed is null', 'certiport', '{"event":"exam.completed","student_id":"s","passed":null}', 'rejected:missing_field'),
  ('an exam with the right fields under other names', 'certiport', '{"event":"exam.completed","student_id":"s","Passed":true}', 'rejected:missing_field'),
  ('an exam with passed', 'certiport', '{"event":"exam.completed","student_id":"s","passed":true}', 'parked:unknown_student'),
  ('an event that has no passed', 'certiport', '{"event":"certification.issued","student_id":"s"}', 'parked:unknown_student'),
  ('a partner whose events have no passed', 'hsi', '{"event":"course.completed","student_id":"s"}', 'parked:unknown_student'),
  ('every other field is null', 'certiport',
    '{"event":"exam.completed","student_id":"s","passed":true,"exam_id":null,"score":null,"enrollment_id":null,"completed_at":null}',
    'parked:unknown_student'),
  ('unknown extra fields at any level', 'hsi',
    '{"event":"course.completed","student_id":"s","x":null,"y":[1,{"z":"<script>alert(1)</script>"}]}', 'parked:unknown_student');

select is(test.deliver_raw(partner, convert_to(body, 'UTF8')), outcome, what) from tried;

-- Telling the faults apart: what is missing is said first.
select is(
  test.deliver_raw('hsi', convert_to('{"event":"course.completed","completed_at":"now"}', 'UTF8')), 'rejected:missing_field',
  'a field is missing and another is bad'
);

select * from finish();
rollback;
