begin;
select plan(2);

create temporary table given as select test.enroll('cna') as enrollment_id, test.student() as john;
select is_empty('select * from handoff.attention_counts()', 'nothing to look at: no row');
select test.send('hsi', 'course.completed', null, '{"student_id": "A-1"}'), test.send('hsi', 'course.completed', null, '{"student_id": "A-2"}'),
  test.send('hsi', 'course.completed'), test.send('hsi', 'course.cancelled', null, '{"student_id": "A-1"}'),
  test.send('hsi', 'course.completed', john, p_key => 'used'), test.send('hsi', 'certificate.issued', john, p_key => 'used') from given;
select results_eq(
  'select * from handoff.attention_counts()',
  $$values
    ('conflict', 'key_reused', 1::bigint), ('parked', 'unknown_event_type', 1), ('parked', 'unknown_student', 2), ('rejected', 'missing_field', 1)$$,
  'how many are parked, rejected or in conflict, by reason'
);

select * from finish();
rollback;
