begin;
select plan(54);

-- A body that is no JSON is rejected; its neighbour, which differs as little as possible, is not.
create temporary table tried (what text, body text, outcome text);
insert into tried values
  ('a comma at the end of an object', '{"event":"course.completed","student_id":"s",}', 'rejected:bad_json'),
  ('a comma at the end of an array', '{"event":"course.completed","student_id":"s","x":[1,]}', 'rejected:bad_json'),
  ('an array', '{"event":"course.completed","student_id":"s","x":[1]}', 'parked:unknown_student'),
  ('two objects', '{"event":"course.completed","student_id":"s"}{}', 'rejected:bad_json'),
  ('something behind the object', '{"event":"course.completed","student_id":"s"} x', 'rejected:bad_json'),
  ('white space around the object', E' \t\r\n{"event":"course.completed","student_id":"s"}\r\n', 'parked:unknown_student'),
  ('white space that JSON does not know', E'{"event":"course.completed",\f"student_id":"s"}', 'rejected:bad_json'),
  ('a no-break space between two fields', E'{"event":"course.completed",\u00a0"student_id":"s"}', 'rejected:bad_json'),
  ('single quotes', '{''event'':''course.completed'',''student_id'':''s''}', 'rejected:bad_json'),
  ('a key without quotes', '{event:"course.completed","student_id":"s"}', 'rejected:bad_json'),
  ('a key that is a number', '{1:"x","event":"course.completed","student_id":"s"}', 'rejected:bad_json'),
  ('an empty key', '{"":"x","event":"course.completed","student_id":"s"}', 'parked:unknown_student'),
  ('no colon', '{"event" "course.completed","student_id":"s"}', 'rejected:bad_json'),
  ('a missing value', '{"event":,"student_id":"s"}', 'rejected:bad_json'),
  ('cut off in the middle', '{"event":"course.completed","student_id":"s', 'rejected:bad_json'),
  ('cut off before the last bracket', '{"event":"course.completed","student_id":"s"', 'rejected:bad_json'),
  ('brackets that do not match', '{"event":"course.completed","student_id":"s","x":[1}', 'rejected:bad_json'),
  ('a comment', '{"event":"course.completed",/* x */"student_id":"s"}', 'rejected:bad_json'),
  ('what looks like a comment in a string', '{"event":"course.completed","student_id":"s","x":"/* x */"}', 'parked:unknown_student'),
  ('NaN', '{"event":"course.completed","student_id":"s","x":NaN}', 'rejected:bad_json'),
  ('Infinity', '{"event":"course.completed","student_id":"s","x":Infinity}', 'rejected:bad_json'),
  ('-Infinity', '{"event":"course.completed","student_id":"s","x":-Infinity}', 'rejected:bad_json'),
  ('the string NaN', '{"event":"course.completed","student_id":"s","x":"NaN"}', 'parked:unknown_student'),
  ('True', '{"event":"course.completed","student_id":"s","x":True}', 'rejected:bad_json'),
  ('true', '{"event":"course.completed","student_id":"s","x":true}', 'parked:unknown_student'),
  ('undefined', '{"event":"course.completed","student_id":"s","x":undefined}', 'rejected:bad_json'),
  ('a number with a zero before it', '{"event":"course.completed","student_id":"s","x":01}', 'rejected:bad_json'),
  ('a number with a plus', '{"event":"course.completed","student_id":"s","x":+1}', 'rejected:bad_json'),
  ('a number that begins with a point', '{"event":"course.completed","student_id":"s","x":.5}', 'rejected:bad_json'),
  ('a number that ends with a point', '{"event":"course.completed","student_id":"s","x":5.}', 'rejected:bad_json'),
  ('a hexadecimal number', '{"event":"course.completed","student_id":"s","x":0x10}', 'rejected:bad_json'),
  ('a number with an underscore', '{"event":"course.completed","student_id":"s","x":1_000}', 'rejected:bad_json'),
  ('a number with an exponent', '{"event":"course.completed","student_id":"s","x":-0.5e+01}', 'parked:unknown_student'),
  ('an escape that JSON does not know', '{"event":"course.completed","student_id":"s","x":"\x41"}', 'rejected:bad_json'),
  ('half an escape', '{"event":"course.completed","student_id":"s","x":"\u12"}', 'rejected:bad_json'),
  ('an escape that is not hexadecimal', '{"event":"course.completed","student_id":"s","x":"\u12g4"}', 'rejected:bad_json'),
  ('an escape', '{"event":"course.completed","student_id":"s","x":"\u00e9\n\/\\\""}', 'parked:unknown_student'),
  ('a line break in a string', E'{"event":"course.completed","student_id":"s","x":"a\nb"}', 'rejected:bad_json'),
  ('a tab in a string', E'{"event":"course.completed","student_id":"s","x":"a\tb"}', 'rejected:bad_json'),
  ('DEL in a string', E'{"event":"course.completed","student_id":"s","x":"a\x7fb"}', 'parked:unknown_student'),
  ('nothing but white space', E' \n', 'rejected:bad_json'),
  ('a form', 'event=course.completed&student_id=s', 'rejected:bad_json'),
  ('a byte order mark before it', E'\ufeff{"event":"course.completed","student_id":"s"}', 'parked:unknown_student'),
  ('two of them', E'\ufeff\ufeff{"event":"course.completed","student_id":"s"}', 'rejected:bad_json'),
  ('one behind it', E'{"event":"course.completed","student_id":"s"}\ufeff', 'rejected:bad_json'),
  ('one before a key that stands twice', E'\ufeff{"event":"course.completed","student_id":"s","student_id":"t"}', 'rejected:duplicate_key'),
  ('one before an array', E'\ufeff[]', 'rejected:not_an_object'),
  ('one alone', E'\ufeff', 'rejected:empty_body'),
  ('that mark in a string', E'{"event":"course.completed","student_id":"s","x":"\ufeff"}', 'parked:unknown_student');

select is(test.deliver_raw('hsi', convert_to(body, 'UTF8')), outcome, what) from tried;

select is(test.deliver_raw('hsi', ''), 'rejected:empty_body', 'no byte at all');
select is(test.deliver_raw('hsi', '', 'again'), 'rejected:empty_body', 'an empty body is a delivery like another');
select is(test.deliver_raw('hsi', '', 'again'), 'duplicate:rejected:empty_body', 'and a repeat of it is a duplicate');
select is(test.deliver_raw('hsi', '\x7b7d', 'again'), 'conflict:key_reused', 'same key, other body');
select is(
  (select count(*) from handoff.partner_events as e where e.status = 'rejected' and e.body is null), 0::bigint,
  'authentic, but the sender must change something: kept for an admin to see'
);

select * from finish();
rollback;
