begin;
select plan(30);

-- A number is in range when a double can hold it. Each stands in a field that nobody reads.
create temporary table tried (what text, number text, outcome text);
insert into tried values
  ('1e308', '1e308', 'parked:unknown_student'),
  ('1e309', '1e309', 'rejected:number_range'),
  ('1e400', '1e400', 'rejected:number_range'),
  ('-1e400', '-1e400', 'rejected:number_range'),
  ('1E+400', '1E+400', 'rejected:number_range'),
  ('1e0000400', '1e0000400', 'rejected:number_range'),
  ('1e0000001', '1e0000001', 'parked:unknown_student'),
  ('1e200000', '1e200000', 'rejected:number_range'),
  ('an exponent that fits no integer', '1e99999999999', 'rejected:number_range'),
  ('the largest double', '1.7976931348623157e308', 'parked:unknown_student'),
  ('a little more', '1.7976931348623160e308', 'rejected:number_range'),
  ('1e-307', '1e-307', 'parked:unknown_student'),
  ('1e-400', '1e-400', 'rejected:number_range'),
  ('0e400', '0e400', 'parked:unknown_student'),
  ('-0', '-0', 'parked:unknown_student'),
  ('308 digits', repeat('9', 308), 'parked:unknown_student'),
  ('310 digits', repeat('9', 310), 'rejected:number_range'),
  ('5000 digits', repeat('9', 5000), 'rejected:number_range'),
  ('minus 5000 digits', '-' || repeat('9', 5000), 'rejected:number_range'),
  ('5000 digits behind the point', '0.' || repeat('3', 5000), 'parked:unknown_student'),
  ('5000 zeros behind the point', '0.' || repeat('0', 5000) || '1', 'rejected:number_range'),
  ('254 digits and a small exponent', repeat('9', 254) || 'e99', 'rejected:number_range'),
  ('210 digits and a small exponent', repeat('9', 210) || 'e99', 'rejected:number_range'),
  ('209 digits and a small exponent', repeat('9', 209) || 'e99', 'parked:unknown_student'),
  ('in an array', '[1,[2,1e400]]', 'rejected:number_range'),
  ('in an object', '{"a":{"b":1e400}}', 'rejected:number_range'),
  ('in a string it is no number', '"1e400"', 'parked:unknown_student'),
  ('nor are 5000 digits', '"' || repeat('9', 5000) || '"', 'parked:unknown_student'),
  ('nor behind an escaped quote', '"\"1e400"', 'parked:unknown_student'),
  ('as a key it is no number', '{"1e400":1}', 'parked:unknown_student');

select is(
  test.deliver_raw('hsi', convert_to('{"event":"course.completed","student_id":"s","x":' || number || '}', 'UTF8')), outcome, what
)
from tried;

select * from finish();
rollback;
