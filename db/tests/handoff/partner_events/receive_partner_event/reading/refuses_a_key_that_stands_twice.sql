begin;
select plan(19);

create temporary table tried (what text, body text, outcome text);
insert into tried values
  ('the same key with another value', '{"event":"course.completed","student_id":"s","student_id":"t"}', 'rejected:duplicate_key'),
  ('the same key with the same value', '{"event":"course.completed","student_id":"s","student_id":"s"}', 'rejected:duplicate_key'),
  ('a key that nobody reads', '{"event":"course.completed","student_id":"s","x":1,"x":2}', 'rejected:duplicate_key'),
  ('at the first and the last place', '{"event":"course.completed","student_id":"s","event":"course.completed"}', 'rejected:duplicate_key'),
  ('once with null', '{"event":"course.completed","student_id":null,"student_id":"s"}', 'rejected:duplicate_key'),
  ('written with an escape', '{"event":"course.completed","student_id":"s","student\u005fid":"t"}', 'rejected:duplicate_key'),
  ('written with two escapes', '{"event":"course.completed","student_id":"s","\u0061":1,"\u0061":2}', 'rejected:duplicate_key'),
  ('an escaped quote', '{"event":"course.completed","student_id":"s","a\"b":1,"a\u0022b":2}', 'rejected:duplicate_key'),
  ('a pair of surrogates and the character', E'{"event":"course.completed","student_id":"s","\U0001f600":1,"\\ud83d\\ude00":2}', 'rejected:duplicate_key'),
  ('the empty key', '{"event":"course.completed","student_id":"s","":1,"":2}', 'rejected:duplicate_key'),
  ('one level down', '{"event":"course.completed","student_id":"s","x":{"a":1,"a":2}}', 'rejected:duplicate_key'),
  ('in an array', '{"event":"course.completed","student_id":"s","x":[1,{"a":1},{"a":1,"a":2}]}', 'rejected:duplicate_key'),
  ('at the bottom', '{"event":"course.completed","student_id":"s","x":' || repeat('{"a":[', 31) || '{"b":1,"b":2}' || repeat(']}', 31) || '}',
    'rejected:duplicate_key'),
  ('another case is another key', '{"event":"course.completed","student_id":"s","Student_id":"t"}', 'parked:unknown_student'),
  ('a space makes another key', '{"event":"course.completed","student_id":"s","student_id ":"t"}', 'parked:unknown_student'),
  ('another level is another place', '{"event":"course.completed","student_id":"s","x":{"event":"x","student_id":"t"}}', 'parked:unknown_student'),
  ('two objects of one array', '{"event":"course.completed","student_id":"s","x":[{"a":1},{"a":1}]}', 'parked:unknown_student'),
  ('a value that looks like a key', '{"event":"course.completed","student_id":"s","x":"\"x\":1,\"x\":2"}', 'parked:unknown_student'),
  ('an accent on its own and a letter with it', E'{"event":"course.completed","student_id":"s","e\u0301":1,"\u00e9":2}', 'parked:unknown_student');

select is(test.deliver_raw('hsi', convert_to(body, 'UTF8')), outcome, what) from tried;

select * from finish();
rollback;
