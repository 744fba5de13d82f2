begin;
select plan(10);

-- A number with a 0 and a 1 in it, as issued on a day.
create temporary table given as
  select regexp_replace(t.digits, '(.{4})', '\1-', 'g') || handoff_private.check_character(t.digits) as number
  from (values ('01XYABCDEFGH2345')) as t (digits);
create temporary table enrolled as select test.enrollment_in('completed') as enrollment_id;
update handoff.certificates set number = (select number from given) where enrollment_id = (select enrollment_id from enrolled);
select is(number, '01XY-ABCD-EFGH-2345-N', 'the number of this test') from given;

select is((select v.state from handoff.verify_certificate(t.typed) as v), 'valid', t.what)
from (values
  ('01XY-ABCD-EFGH-2345-N', 'as printed'),
  ('01xy-abcd-efgh-2345-n', 'in small letters'),
  ('01XYABCDEFGH2345N', 'without dashes'),
  (E'  01XY ABCD\tEFGH 2345 N\n', 'with spaces'),
  ('O1XY-ABCD-EFGH-2345-N', 'O for 0'),
  ('0IXY-ABCD-EFGH-2345-N', 'I for 1'),
  ('olxy-abcd-efgh-2345-n', 'o and l for 0 and 1')
) as t (typed, what);
select is((select v.number from handoff.verify_certificate('olxyabcdefgh2345n') as v), '01XY-ABCD-EFGH-2345-N', 'the answer has the number as printed');
select is((select v.state from handoff.verify_certificate('10XY-ABCD-EFGH-2345-N') as v), 'mistyped', 'two characters swapped');

select * from finish();
rollback;
