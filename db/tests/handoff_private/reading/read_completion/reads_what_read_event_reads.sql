begin;
create temporary table given as select test.enroll('medical-assistant') as enrollment_id, test.student() as john, test.student('jane@test.example') as jane;
select handoff.link_partner_account(p.slug, 's1', g.john) from given as g, handoff.partners as p;
select handoff.link_partner_account('hsi', '123', g.john) from given as g;
select handoff.link_partner_account('hsi', g.jane::text, g.john) from given as g;
update handoff.partners set status = 'disabled' where slug = 'jri';

create temporary table body (what text, partner_slug text, body text, read text);
insert into body values
  -- What it reads.
  ('the usual one', 'hsi', '{"event":"course.completed","student_id":"s1","course_id":"hsi-cpr-101","completed_at":"2026-01-02T03:04:05Z"}', 'plain'),
  ('the least', 'hsi', '{"event":"course.completed","student_id":"s1"}', 'plain'),
  ('with space around', 'hsi', E' {\n "event" : "course.completed", "student_id" : "s1" }\n', 'plain'),
  ('with members that nobody reads', 'hsi', '{"event":"course.completed","student_id":"s1","x":1,"y":true,"z":null}', 'plain'),
  ('our own id of the student', 'hsi', '{"event":"course.completed","student_id":"JOHN"}', 'plain'),
  ('an account that is called as another student''s id', 'hsi', '{"event":"course.completed","student_id":"JANE"}', 'plain'),
  ('a time with an offset and a fraction', 'hsi', '{"event":"course.completed","student_id":"s1","completed_at":"2026-01-02t03:04:05.678-05:00"}', 'plain'),
  ('a leap second', 'hsi', '{"event":"course.completed","student_id":"s1","completed_at":"2016-12-31T23:59:60Z"}', 'plain'),
  ('an item with a space', 'hsi', '{"event":"course.completed","student_id":"s1","course_id":"CPR 101"}', 'plain'),
  ('an item of 255 letters', 'hsi', '{"event":"course.completed","student_id":"s1","course_id":"LONG"}', 'plain'),
  ('passed, with a score', 'certiport', '{"event":"exam.completed","student_id":"s1","exam_id":"e1","passed":true,"score":850}', 'plain'),
  ('passed, without a score', 'certiport', '{"event":"exam.completed","student_id":"s1","exam_id":"e1","passed":true}', 'plain'),
  ('a grade', 'milady', '{"event":"course.completed","student_id":"s1","grade":"A+"}', 'plain'),
  -- What another function reads, or refuses.
  ('not passed', 'certiport', '{"event":"exam.completed","student_id":"s1","exam_id":"e1","passed":false}', 'left'),
  ('passed as a word', 'certiport', '{"event":"exam.completed","student_id":"s1","exam_id":"e1","passed":"true"}', 'left'),
  ('passed is missing', 'certiport', '{"event":"exam.completed","student_id":"s1","exam_id":"e1"}', 'left'),
  ('passed is null', 'certiport', '{"event":"exam.completed","student_id":"s1","exam_id":"e1","passed":null}', 'left'),
  ('a score below zero', 'certiport', '{"event":"exam.completed","student_id":"s1","exam_id":"e1","passed":true,"score":-1}', 'left'),
  ('a score that is an array', 'certiport', '{"event":"exam.completed","student_id":"s1","exam_id":"e1","passed":true,"score":[850]}', 'left'),
  ('a grade of 51 letters', 'milady', '{"event":"course.completed","student_id":"s1","grade":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"}', 'left'),
  ('not a completion', 'hsi', '{"event":"enrollment.created","student_id":"s1"}', 'left'),
  ('an unknown event', 'hsi', '{"event":"course.started","student_id":"s1"}', 'left'),
  ('an unknown student', 'hsi', '{"event":"course.completed","student_id":"s2"}', 'left'),
  ('the id of nobody', 'hsi', '{"event":"course.completed","student_id":"00000000-0000-4000-8000-000000000000"}', 'left'),
  ('a disabled partner', 'jri', '{"event":"program.completed","student_id":"s1"}', 'left'),
  ('an enrollment of the partner''s', 'hsi', '{"event":"course.completed","student_id":"s1","enrollment_id":"e1"}', 'left'),
  ('the student''s key twice', 'hsi', '{"event":"course.completed","student_id":"s2","student_id":"s1"}', 'left'),
  ('a key twice that nobody reads', 'hsi', '{"event":"course.completed","student_id":"s1","x":1,"x":2}', 'left'),
  ('a number out of range', 'hsi', '{"event":"course.completed","student_id":"s1","x":1e400}', 'left'),
  ('a long number', 'hsi', '{"event":"course.completed","student_id":"s1","x":NINES}', 'left'),
  ('no event', 'hsi', '{"student_id":"s1"}', 'left'),
  ('an event that is an array', 'hsi', '{"event":["course.completed"],"student_id":"s1"}', 'left'),
  ('no student', 'hsi', '{"event":"course.completed"}', 'left'),
  ('a student that is a number', 'hsi', '{"event":"course.completed","student_id":123}', 'left'),
  ('a student that is an array', 'hsi', '{"event":"course.completed","student_id":["s1"]}', 'left'),
  ('a student that is null', 'hsi', '{"event":"course.completed","student_id":null}', 'left'),
  ('an item that is an array', 'hsi', '{"event":"course.completed","student_id":"s1","course_id":["hsi-cpr-101"]}', 'left'),
  ('an item that is a number', 'hsi', '{"event":"course.completed","student_id":"s1","course_id":101}', 'left'),
  ('an item of 256 letters', 'hsi', '{"event":"course.completed","student_id":"s1","course_id":"LONGA"}', 'left'),
  ('an empty item', 'hsi', '{"event":"course.completed","student_id":"s1","course_id":""}', 'left'),
  ('an item that starts with a space', 'hsi', '{"event":"course.completed","student_id":"s1","course_id":" hsi-cpr-101"}', 'left'),
  ('an item with a control character', 'hsi', '{"event":"course.completed","student_id":"s1","course_id":"hsi\u0007"}', 'left'),
  ('a time without a zone', 'hsi', '{"event":"course.completed","student_id":"s1","completed_at":"2026-01-02T03:04:05"}', 'left'),
  ('an hour 24', 'hsi', '{"event":"course.completed","student_id":"s1","completed_at":"2026-01-02T24:00:00Z"}', 'left'),
  ('a day that is not in the calendar', 'hsi', '{"event":"course.completed","student_id":"s1","completed_at":"2026-02-30T03:04:05Z"}', 'left'),
  ('now', 'hsi', '{"event":"course.completed","student_id":"s1","completed_at":"now"}', 'left'),
  ('infinity', 'hsi', '{"event":"course.completed","student_id":"s1","completed_at":"infinity"}', 'left'),
  ('a time that is a number', 'hsi', '{"event":"course.completed","student_id":"s1","completed_at":1767322800}', 'left'),
  ('a time that is an array', 'hsi', '{"event":"course.completed","student_id":"s1","completed_at":["2026-01-02T03:04:05Z"]}', 'left'),
  ('an array', 'hsi', '[{"event":"course.completed","student_id":"s1"}]', 'left'),
  ('no JSON', 'hsi', '{"event":"course.completed","student_id":"s1"', 'left'),
  ('nothing', 'hsi', '', 'left');
update body as b
set body = replace(replace(replace(replace(b.body, 'JOHN', g.john::text), 'JANE', g.jane::text), 'LONG', repeat('a', 255)), 'NINES', repeat('9', 400) || 'e-9999')
from given as g;

select plan((select count(*)::integer + 1 from body));
select is(test.reads(b.partner_slug, convert_to(b.body, 'UTF8')), b.read, b.what) from body as b;
select is(test.reads('hsi', '\x7b22ff223a317d'), 'left', 'no UTF-8');

select * from finish();
rollback;
