begin;
select plan(5);

select test.set_clock('2026-03-02 12:00:00+00');
update handoff.programs set description = 'Care for people' where slug = 'medical-assistant';
create temporary table given as
  select test.student() as john, test.student('jane@test.example') as jane, test.enroll('medical-assistant') as medical,
    test.enroll('cna', 'jane@test.example') as other;
select test.travel('1 day');
alter table given add column cpr uuid;
update given set cpr = test.enroll('cpr-first-aid');
grant select on given to public;
select handoff.skip_step(test.step(medical, 1), 'waived'), handoff.mark_step_complete(test.step(medical, 2)), handoff.mark_step_complete(test.step(cpr, 1)) from given;
create temporary table issued as select c.number from handoff.certificates as c join given on given.cpr = c.enrollment_id;
grant select on issued to public;

select test.as_student(john) from given;
select results_eq(
  'select * from handoff.student_enrollments()',
  $$select cpr, 'cpr-first-aid', 'CPR & First Aid', '', 'completed', '2026-03-03 12:00:00+00'::timestamptz, '2026-03-03 12:00:00+00'::timestamptz,
      1, 1, 0, number from given, issued
    union all
    select medical, 'medical-assistant', 'Medical Assistant', 'Care for people', 'active', '2026-03-02 12:00:00+00', null, 3, 1, 1, null from given$$,
  'the caller''s enrollments, newest first, with how far each is: skipped steps are told apart, the certificate when there is one'
);
select test.as_student(jane) from given;
select results_eq('select e.enrollment_id from handoff.student_enrollments() as e', 'select other from given', 'another student sees the own only');
select test.act('handoff_student');
select is_empty('select * from handoff.student_enrollments()', 'without claims: nothing');
select test.as_dba();
select handoff.withdraw_enrollment(other, 'moved away') from given;
select test.as_student(jane) from given;
select results_eq('select e.status from handoff.student_enrollments() as e', $$values ('withdrawn')$$, 'a withdrawn enrollment is still shown');
select test.as_admin(john) from given;
select is_empty('select * from handoff.student_enrollments()', 'in the admin''s role a student''s claims see nothing');

select * from finish();
rollback;
