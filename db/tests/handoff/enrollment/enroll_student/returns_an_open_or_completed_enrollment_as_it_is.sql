begin;
select plan(10);

update handoff.programs set requires_approval = true where slug = 'emt';
create temporary table given as
  select
    test.student() as student_id, test.enroll('cna') as cna, test.enroll('emt') as emt,
    test.enroll('bookkeeping') as bookkeeping, test.enroll('cpr-first-aid') as cpr;
select handoff.hold_enrollment(bookkeeping, 'on leave'), handoff.mark_step_complete(test.step(cpr, 1)) from given;
create temporary table before as
  select p.slug, p.enrollment_id, test.status(p.enrollment_id) as status, test.picture(p.enrollment_id) as picture
  from given
  cross join lateral (values ('cna', cna), ('emt', emt), ('bookkeeping', bookkeeping), ('cpr-first-aid', cpr)) as p (slug, enrollment_id);

select is(
  handoff.enroll_student(student_id, slug), enrollment_id, 'enrolled again while ' || status || ': the same enrollment'
) from given, before;
select is(test.picture(enrollment_id), picture, status || ': as it is') from before;
select is((select count(*) from handoff.enrollments as e where e.student_id = given.student_id), 4::bigint, 'no second one is made') from given;
select is(handoff.enroll_student(student_id, 'cpr-first-aid', null), cpr, 'p_again null is false') from given;

select * from finish();
rollback;
