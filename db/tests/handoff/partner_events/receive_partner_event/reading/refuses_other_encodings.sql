begin;
select plan(19);

create temporary table tried (what text, body bytea, outcome text);
insert into tried values
  ('UTF-8', convert_to('{"event":"course.completed","student_id":"José"}', 'UTF8'), 'parked:unknown_student'),
  ('UTF-8 beyond the basic plane', convert_to(E'{"event":"course.completed","student_id":"\U0001f600"}', 'UTF8'), 'parked:unknown_student'),
  ('Latin-1', convert_to('{"event":"course.completed","student_id":"José"}', 'LATIN1'), 'rejected:bad_encoding'),
  ('Windows-1252', '{"event":"course.completed","student_id":"a'::bytea || '\x93'::bytea || '"}'::bytea, 'rejected:bad_encoding'),
  ('UTF-16, little end first, with its mark', '\xfffe7b007d00', 'rejected:bad_encoding'),
  ('UTF-16, big end first, with its mark', '\xfeff007b007d', 'rejected:bad_encoding'),
  ('UTF-16, little end first, without', '\x7b007d00', 'rejected:bad_encoding'),
  ('UTF-16, big end first, without', '\x007b007d', 'rejected:bad_encoding'),
  ('UTF-32', '\x7b0000007d000000', 'rejected:bad_encoding'),
  ('a zero byte', '{"event":"course.completed","student_id":"s'::bytea || '\x00'::bytea || '"}'::bytea, 'rejected:bad_encoding'),
  ('a zero byte written in two', '{"event":"course.completed","student_id":"s'::bytea || '\xc080'::bytea || '"}'::bytea, 'rejected:bad_encoding'),
  ('a quote written in two bytes', '{"event":"course.completed","student_id":"s'::bytea || '\xc0a2'::bytea || '"}'::bytea, 'rejected:bad_encoding'),
  ('half of a character', '{"event":"course.completed","student_id":"s'::bytea || '\xe282'::bytea || '"}'::bytea, 'rejected:bad_encoding'),
  ('half of a character at the end', '{"event":"course.completed","student_id":"s"}'::bytea || '\xc3'::bytea, 'rejected:bad_encoding'),
  ('a byte that continues nothing', '{"event":"course.completed","student_id":"s'::bytea || '\x80'::bytea || '"}'::bytea, 'rejected:bad_encoding'),
  ('a surrogate as bytes', '{"event":"course.completed","student_id":"s'::bytea || '\xeda080'::bytea || '"}'::bytea, 'rejected:bad_encoding'),
  ('the last code point', '{"event":"course.completed","student_id":"s'::bytea || '\xf48fbfbf'::bytea || '"}'::bytea, 'parked:unknown_student'),
  ('one more than the last', '{"event":"course.completed","student_id":"s'::bytea || '\xf4908080'::bytea || '"}'::bytea, 'rejected:bad_encoding'),
  ('bytes that are no text at all', '\x1f8b0800deadbeef', 'rejected:bad_encoding');

select is(test.deliver_raw('hsi', body), outcome, what) from tried;

select * from finish();
rollback;
