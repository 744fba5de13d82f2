begin;
select plan(4);

create temporary table given as
  select test.enroll('cna', 'john@test.example') as enrollment_id, test.student('john@test.example') as john,
    test.student('jane@test.example') as jane, test.admin() as ada;
grant select on given to public;

select test.as_student(john) from given;
select results_eq(
  'select c.partner_slug from given, handoff.get_current_step(given.enrollment_id) as c', $$values ('hsi')$$,
  'the student sees the own current step'
);
select test.as_student(jane) from given;
select is_empty('select c.* from given, handoff.get_current_step(given.enrollment_id) as c', 'another student sees 0 rows');
select test.act('handoff_student');
select is_empty('select c.* from given, handoff.get_current_step(given.enrollment_id) as c', 'without claims: 0 rows');
select test.as_admin(ada) from given;
select results_eq(
  'select c.partner_slug from given, handoff.get_current_step(given.enrollment_id) as c', $$values ('hsi')$$,
  'an admin sees every student''s'
);

select * from finish();
rollback;
