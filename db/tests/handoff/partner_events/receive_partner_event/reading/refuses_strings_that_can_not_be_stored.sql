begin;
select plan(15);

create temporary table tried (what text, body text, outcome text);
insert into tried values
  ('\u0000 in a value', '{"event":"course.completed","student_id":"s\u0000"}', 'rejected:bad_string'),
  ('\u0000 in a value that nobody reads', '{"event":"course.completed","student_id":"s","x":["\u0000"]}', 'rejected:bad_string'),
  ('\u0000 in a key', '{"event":"course.completed","student_id":"s","a\u0000b":1}', 'rejected:bad_string'),
  ('\u0000 in a key one level down', '{"event":"course.completed","student_id":"s","x":{"\u0000":1}}', 'rejected:bad_string'),
  ('\\u0000 is a backslash and text', '{"event":"course.completed","student_id":"s","x":"\\u0000"}', 'parked:unknown_student'),
  ('\u0001 in a value that nobody reads', '{"event":"course.completed","student_id":"s","x":"\u0001"}', 'parked:unknown_student'),
  ('the first half of a pair alone', '{"event":"course.completed","student_id":"s","x":"\ud83d"}', 'rejected:bad_string'),
  ('the second half alone', '{"event":"course.completed","student_id":"s","x":"\ude00"}', 'rejected:bad_string'),
  ('two first halves', '{"event":"course.completed","student_id":"s","x":"\ud83d\ud83d"}', 'rejected:bad_string'),
  ('the halves in the wrong order', '{"event":"course.completed","student_id":"s","x":"\ude00\ud83d"}', 'rejected:bad_string'),
  ('the halves with a letter between', '{"event":"course.completed","student_id":"s","x":"\ud83dx\ude00"}', 'rejected:bad_string'),
  ('half a pair in a key', '{"event":"course.completed","student_id":"s","\ud83d":1}', 'rejected:bad_string'),
  ('a whole pair', '{"event":"course.completed","student_id":"s","x":"\ud83d\ude00"}', 'parked:unknown_student'),
  ('a code point that is no character', '{"event":"course.completed","student_id":"s","x":"\uffff"}', 'parked:unknown_student');

select is(test.deliver_raw('hsi', convert_to(body, 'UTF8')), outcome, what) from tried;

select test.deliver_raw('hsi', convert_to('{"event":"course.completed","student_id":"\ud83d\ude00 \u00e9"}', 'UTF8'), 'pair');
select is(
  (select e.external_student_id from handoff.partner_events as e where e.event_key = 'pair'), E'\U0001f600 \u00e9',
  'escapes are read as the characters that they mean'
);

select * from finish();
rollback;
