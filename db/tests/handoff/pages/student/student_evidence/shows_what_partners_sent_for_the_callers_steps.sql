begin;
select plan(4);

create temporary table given as
select
  test.student() as john, test.student('jane@test.example') as jane, test.enroll('cna') as johns,
  test.enroll('cna', 'jane@test.example') as janes;
grant select on given to public;
select test.send('hsi', 'course.completed', john, '{"certificate_number": "CS-20417"}', 'done') from given;
select test.send('hsi', 'certificate.issued', john, '{}', 'card') from given;
select test.send('hsi', 'certificate.issued', jane, '{"certificate_number": "CS-20418"}', 'hers') from given;
create temporary table first_steps as select test.step(johns, 1) as johns, test.step(janes, 1) as janes from given;
grant select on first_steps to public;

select test.as_student(john) from given;
select results_eq(
  'select v.step_id, v.certificate_number from handoff.student_evidence() as v',
  $$select johns, n from first_steps, (values ('CS-20417'), (null)) as v (n)$$, 'the own, in order'
);
select test.as_student(jane) from given;
select results_eq(
  'select v.step_id, v.certificate_number from handoff.student_evidence() as v', $$select janes, 'CS-20418' from first_steps$$, 'each their own'
);
select test.act('handoff_student');
select is_empty('select * from handoff.student_evidence()', 'nobody''s are nobody''s');
select test.as_dba();
select handoff.disable_profile(jane, 'left') from given;
select test.as_student(jane) from given;
select is_empty('select * from handoff.student_evidence()', 'who has no access sees none');

select * from finish();
rollback;
