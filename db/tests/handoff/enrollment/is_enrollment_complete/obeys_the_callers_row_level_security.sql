begin;
select plan(4);

create temporary table given as
  select test.enroll('cpr-first-aid', 'john@test.example') as enrollment_id, test.student('john@test.example') as john,
    test.student('jane@test.example') as jane, test.admin() as ada;
grant select on given to public;
select handoff.mark_step_complete(test.step(enrollment_id, 1)) from given;

select test.as_student(john) from given;
select is(handoff.is_enrollment_complete(enrollment_id), true, 'the student is told of the own enrollment') from given;
select test.as_student(jane) from given;
select throws_ok(
  format('select handoff.is_enrollment_complete(%L)', enrollment_id), 'TH404', null, 'another''s enrollment is unknown'
) from given;
select test.act('handoff_student');
select throws_ok(
  format('select handoff.is_enrollment_complete(%L)', enrollment_id), 'TH404', null, 'without claims every enrollment is unknown'
) from given;
select test.as_admin(ada) from given;
select is(handoff.is_enrollment_complete(enrollment_id), true, 'an admin is told of every student''s') from given;

select * from finish();
rollback;
