begin;
select plan(59);

-- A number with a 0 and a 1 in it, as issued on a day.
create temporary table given as
  select regexp_replace(t.digits, '(.{4})', '\1-', 'g') || handoff_private.check_character(t.digits) as number
  from (values ('01XYABCDEFGH2345')) as t (digits);
create temporary table done as select test.enrollment_in('completed') as enrollment_id;
alter table handoff.certificates disable trigger append_only;
update handoff.certificates set number = (select number from given) where enrollment_id = (select enrollment_id from done);
select is(number, '01XY-ABCD-EFGH-2345-N', 'the number of this test') from given;

select is((select v.state from handoff.verify_certificate(t.typed) as v), 'valid', t.what)
from (values
  ('01XY-ABCD-EFGH-2345-N', 'as printed'),
  ('01xy-abcd-efgh-2345-n', 'in small letters'),
  ('01XYABCDEFGH2345N', 'without dashes'),
  (E'  01XY ABCD\tEFGH 2345 N\n', 'with spaces'),
  ('O1XY-ABCD-EFGH-2345-N', 'O for 0'),
  ('0IXY-ABCD-EFGH-2345-N', 'I for 1'),
  ('olxy-abcd-efgh-2345-n', 'o and l for 0 and 1'),
  ('01XY-ABCD-EFGH-2345-N.', 'with the full stop of the sentence'),
  ('01XY-ABCD-EFGH-2345-N. ', 'with the full stop and a space'),
  (U&'01XY-ABCD-EFGH-2345-N\3002', 'with a full stop of Chinese'),
  (U&'\FEFF01XY-ABCD-EFGH-2345-N\200B', 'with a byte order mark and a zero-width space'),
  (U&'\202A01XY-ABCD-EFGH-2345-N\202C', 'within bidirectional marks'),
  (U&'\FF10\FF11\FF38\FF39\FF0DABCD\FF0DEFGH\FF0D\FF12\FF13\FF14\FF15\FF0D\FF4E\FF0E', 'in full width'),
  ('https://handoff.example/verify/01XY-ABCD-EFGH-2345-N', 'its web address'),
  ('http://127.0.0.1:8000/verify/01xyabcdefgh2345n', 'the web address of another host'),
  ('HTTPS://school.example/verify/01XY-ABCD-EFGH-2345-N/', 'with a slash at the end'),
  ('https://school.example/certificates/verify/01XY-ABCD-EFGH-2345-N?x=1#top', 'below a path, with more behind it'),
  ('https://handoff.example/verify?number=01XY-ABCD-EFGH-2345-N', 'the address after the form'),
  (' https://handoff.example/verify/01XY-ABCD-EFGH-2345-N. ', 'the address at the end of a sentence'),
  ('HTTPS://HANDOFF.EXAMPLE/VERIFY/01XY-ABCD-EFGH-2345-N', 'the address in capitals'),
  ('HTTPS://HANDOFF.EXAMPLE/VERIFY?NUMBER=01XY-ABCD-EFGH-2345-N', 'and with the number after the question mark'),
  ('https://handoff.example/verify?x=1&number=01XY-ABCD-EFGH-2345-N&y=2', 'with other parameters'),
  ('https://handoff.example/verify?number=01XY+ABCD+EFGH+2345+N', 'as a form writes spaces'),
  ('https://handoff.example/verify?number=01XY%20ABCD%20EFGH%202345%20N', 'as an address writes spaces'),
  ('<https://handoff.example/verify/01XY-ABCD-EFGH-2345-N>', 'the address in brackets'),
  ('Check it at https://handoff.example/verify/01XY-ABCD-EFGH-2345-N', 'with the words of the certificate before it'),
  (U&'\203901XY-ABCD-EFGH-2345-N>', 'in brackets of two kinds'),
  ('(01XY-ABCD-EFGH-2345-N)', 'in round brackets'),
  ('[01XY-ABCD-EFGH-2345-N],', 'in square brackets, with a comma'),
  (U&'\201E01XY-ABCD-EFGH-2345-N\201C', 'in quotation marks'),
  ('01XY-ABCD-EFGH-2345-N,', 'with a comma'),
  ('No. 01XY-ABCD-EFGH-2345-N', 'after No.'),
  (U&'\2116 01XY-ABCD-EFGH-2345-N', 'after the sign for number'),
  ('#01XY-ABCD-EFGH-2345-N', 'after another'),
  ('Certificate number 01XY-ABCD-EFGH-2345-N.', 'as the certificate says it'),
  ('certificate no: 01XY-ABCD-EFGH-2345-N', 'or a person')
) as t (typed, what);
select is(
  (select v.state from handoff.verify_certificate(replace('01XY-ABCD-EFGH-2345-N', '-', t.dash)) as v), 'valid',
  'any dash: U+' || upper(to_hex(ascii(t.dash)))
)
from unnest(array[
  U&'\2010', U&'\2011', U&'\2012', U&'\2013', U&'\2014', U&'\2015', U&'\2212', U&'\FE58', U&'\FE63', U&'\FF0D', U&'\00AD',
  U&'\2043', U&'\207B', U&'\30FC', U&'\00A0', U&'\202F', U&'\3000'
]) as t (dash);
select is((select v.number from handoff.verify_certificate('olxyabcdefgh2345n') as v), '01XY-ABCD-EFGH-2345-N', 'the answer has the number as printed');
select is((select v.state from handoff.verify_certificate('10XY-ABCD-EFGH-2345-N') as v), 'mistyped', 'two characters swapped');
select is((select v.state from handoff.verify_certificate('No. 01XY-ABCD-EFGH-2345') as v), 'mistyped', 'words don''t fill up a number');
select is((select v.state from handoff.verify_certificate('x 01XY-ABCD-EFGH-2345-N') as v), 'mistyped', 'nor is any letter before it a word');
select is((select v.state from handoff.verify_certificate('01XY.ABCD.EFGH.2345.N') as v), 'mistyped', 'full stops are no dashes');

select * from finish();
rollback;
