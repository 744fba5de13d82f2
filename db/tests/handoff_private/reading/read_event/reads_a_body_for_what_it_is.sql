begin;
create temporary table given as select test.enroll('medical-assistant') as enrollment_id, test.student() as john, test.student('jane@test.example') as jane;
select handoff.link_partner_account(p.slug, 's1', g.john) from given as g, handoff.partners as p;
select handoff.link_partner_account('hsi', '123', g.john) from given as g;
select handoff.link_partner_account('hsi', g.jane::text, g.john) from given as g;
update handoff.partners set status = 'disabled' where slug = 'jri';

create temporary table body (what text, partner_slug text, body text, read text, at_a_glance text);
insert into body values
  ('the usual one', 'hsi', '{"event":"course.completed","student_id":"s1","course_id":"hsi-cpr-101","completed_at":"2026-01-02T03:04:05Z"}', 'received', 'plain'),
  ('the least', 'hsi', '{"event":"course.completed","student_id":"s1"}', 'received', 'plain'),
  ('with space around', 'hsi', E' {\n "event" : "course.completed", "student_id" : "s1" }\n', 'received', 'plain'),
  ('with members that nobody reads', 'hsi', '{"event":"course.completed","student_id":"s1","x":1,"y":true,"z":null}', 'received', 'plain'),
  ('our own id of the student', 'hsi', '{"event":"course.completed","student_id":"JOHN"}', 'received', 'left'),
  ('an account that is called as another student''s id', 'hsi', '{"event":"course.completed","student_id":"JANE"}', 'received', 'plain'),
  ('a time with an offset and a fraction', 'hsi', '{"event":"course.completed","student_id":"s1","completed_at":"2026-01-02t03:04:05.678-05:00"}', 'received', 'plain'),
  ('a leap second', 'hsi', '{"event":"course.completed","student_id":"s1","completed_at":"2016-12-31T23:59:60Z"}', 'received', 'plain'),
  ('an item with a space', 'hsi', '{"event":"course.completed","student_id":"s1","course_id":"CPR 101"}', 'received', 'left'),
  ('an item of 255 letters', 'hsi', '{"event":"course.completed","student_id":"s1","course_id":"LONG"}', 'received', 'plain'),
  ('passed, with a score', 'certiport', '{"event":"exam.completed","student_id":"s1","exam_id":"e1","passed":true,"score":850}', 'received', 'plain'),
  ('passed, without a score', 'certiport', '{"event":"exam.completed","student_id":"s1","exam_id":"e1","passed":true}', 'received', 'plain'),
  ('a grade', 'milady', '{"event":"course.completed","student_id":"s1","grade":"A+"}', 'received', 'plain'),
  ('not passed', 'certiport', '{"event":"exam.completed","student_id":"s1","exam_id":"e1","passed":false}', 'received', 'plain'),
  ('passed as a word', 'certiport', '{"event":"exam.completed","student_id":"s1","exam_id":"e1","passed":"true"}', 'rejected:bad_field', 'left'),
  ('passed is missing', 'certiport', '{"event":"exam.completed","student_id":"s1","exam_id":"e1"}', 'rejected:missing_field', 'left'),
  ('passed is null', 'certiport', '{"event":"exam.completed","student_id":"s1","exam_id":"e1","passed":null}', 'rejected:missing_field', 'left'),
  ('a score below zero', 'certiport', '{"event":"exam.completed","student_id":"s1","exam_id":"e1","passed":true,"score":-1}', 'received', 'left'),
  ('a score that is an array', 'certiport', '{"event":"exam.completed","student_id":"s1","exam_id":"e1","passed":true,"score":[850]}', 'received', 'left'),
  ('a grade of 51 letters', 'milady', '{"event":"course.completed","student_id":"s1","grade":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"}', 'received', 'left'),
  ('not a completion', 'hsi', '{"event":"enrollment.created","student_id":"s1"}', 'received', 'plain'),
  ('an unknown event', 'hsi', '{"event":"course.started","student_id":"s1"}', 'parked:unknown_event_type', 'left'),
  ('an unknown student', 'hsi', '{"event":"course.completed","student_id":"s2"}', 'parked:unknown_student', 'left'),
  ('the id of nobody', 'hsi', '{"event":"course.completed","student_id":"00000000-0000-4000-8000-000000000000"}', 'parked:unknown_student', 'left'),
  ('a disabled partner', 'jri', '{"event":"program.completed","student_id":"s1"}', 'parked:partner_disabled', 'plain'),
  ('an enrollment of the partner''s', 'hsi', '{"event":"course.completed","student_id":"s1","enrollment_id":"e1"}', 'received', 'plain'),
  ('a list of enrollments of the partner''s', 'hsi', '{"event":"course.completed","student_id":"s1","enrollment_id":["e1"]}', 'received', 'left'),
  ('the student''s key twice', 'hsi', '{"event":"course.completed","student_id":"s2","student_id":"s1"}', 'rejected:duplicate_key', 'left'),
  ('a key twice that nobody reads', 'hsi', '{"event":"course.completed","student_id":"s1","x":1,"x":2}', 'rejected:duplicate_key', 'left'),
  ('a number out of range', 'hsi', '{"event":"course.completed","student_id":"s1","x":1e400}', 'rejected:number_range', 'left'),
  ('a long number', 'hsi', '{"event":"course.completed","student_id":"s1","x":NINES}', 'rejected:number_range', 'left'),
  ('no event', 'hsi', '{"student_id":"s1"}', 'rejected:missing_field', 'left'),
  ('an event that is an array', 'hsi', '{"event":["course.completed"],"student_id":"s1"}', 'rejected:bad_field', 'left'),
  ('no student', 'hsi', '{"event":"course.completed"}', 'rejected:missing_field', 'left'),
  ('a student that is a number', 'hsi', '{"event":"course.completed","student_id":123}', 'received', 'left'),
  ('a student that is an array', 'hsi', '{"event":"course.completed","student_id":["s1"]}', 'rejected:bad_field', 'left'),
  ('a student that is null', 'hsi', '{"event":"course.completed","student_id":null}', 'rejected:missing_field', 'left'),
  ('an item that is an array', 'hsi', '{"event":"course.completed","student_id":"s1","course_id":["hsi-cpr-101"]}', 'rejected:bad_field', 'left'),
  ('an item that is a number', 'hsi', '{"event":"course.completed","student_id":"s1","course_id":101}', 'received', 'left'),
  ('an item of 256 letters', 'hsi', '{"event":"course.completed","student_id":"s1","course_id":"LONGA"}', 'rejected:bad_field', 'left'),
  ('an empty item', 'hsi', '{"event":"course.completed","student_id":"s1","course_id":""}', 'received', 'left'),
  ('an item that starts with a space', 'hsi', '{"event":"course.completed","student_id":"s1","course_id":" hsi-cpr-101"}', 'rejected:bad_field', 'left'),
  ('an item with a control character', 'hsi', '{"event":"course.completed","student_id":"s1","course_id":"hsi\u0007"}', 'rejected:bad_field', 'left'),
  ('a time without a zone', 'hsi', '{"event":"course.completed","student_id":"s1","completed_at":"2026-01-02T03:04:05"}', 'rejected:bad_time', 'left'),
  ('an hour 24', 'hsi', '{"event":"course.completed","student_id":"s1","completed_at":"2026-01-02T24:00:00Z"}', 'rejected:bad_time', 'left'),
  ('a day that is not in the calendar', 'hsi', '{"event":"course.completed","student_id":"s1","completed_at":"2026-02-30T03:04:05Z"}', 'rejected:bad_time', 'left'),
  ('now', 'hsi', '{"event":"course.completed","student_id":"s1","completed_at":"now"}', 'rejected:bad_time', 'left'),
  ('infinity', 'hsi', '{"event":"course.completed","student_id":"s1","completed_at":"infinity"}', 'rejected:bad_time', 'left'),
  ('a time that is a number', 'hsi', '{"event":"course.completed","student_id":"s1","completed_at":1767322800}', 'rejected:bad_time', 'left'),
  ('a time that is an array', 'hsi', '{"event":"course.completed","student_id":"s1","completed_at":["2026-01-02T03:04:05Z"]}', 'rejected:bad_time', 'left'),
  ('an array', 'hsi', '[{"event":"course.completed","student_id":"s1"}]', 'rejected:not_an_object', 'left'),
  ('no JSON', 'hsi', '{"event":"course.completed","student_id":"s1"', 'rejected:bad_json', 'left'),
  ('nothing', 'hsi', '', 'rejected:empty_body', 'left');
update body as b
set body = replace(replace(replace(replace(b.body, 'JOHN', g.john::text), 'JANE', g.jane::text), 'LONG', repeat('a', 255)), 'NINES', repeat('9', 400) || 'e-9999')
from given as g;

select plan((select 2 * count(*)::integer + 1 from body));
select is(test.reads(b.partner_slug, convert_to(b.body, 'UTF8')), b.read, b.what) from body as b;
select is(test.glance(b.partner_slug, convert_to(b.body, 'UTF8')), b.at_a_glance, b.what || ': the first look') from body as b;
select is(test.reads('hsi', '\x7b22ff223a317d'), 'rejected:bad_encoding', 'no UTF-8');

select * from finish();
rollback;
