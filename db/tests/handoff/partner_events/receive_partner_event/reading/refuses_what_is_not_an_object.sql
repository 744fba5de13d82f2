begin;
select plan(9);

create temporary table tried (body text, outcome text);
insert into tried values
  ('[]', 'rejected:not_an_object'),
  ('[{"event":"course.completed","student_id":"s"}]', 'rejected:not_an_object'),
  ('"course.completed"', 'rejected:not_an_object'),
  ('""', 'rejected:not_an_object'),
  ('null', 'rejected:not_an_object'),
  ('true', 'rejected:not_an_object'),
  ('42', 'rejected:not_an_object'),
  ('{}', 'rejected:missing_field'),
  ('{"data":{"event":"course.completed","student_id":"s"}}', 'rejected:missing_field');

select is(test.deliver_raw('hsi', convert_to(body, 'UTF8')), outcome, body) from tried;

select * from finish();
rollback;
