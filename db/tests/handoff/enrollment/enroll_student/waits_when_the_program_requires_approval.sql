begin;
select plan(3);

update handoff.programs set requires_approval = true where slug = 'cna';
create temporary table given as select test.enroll('cna') as enrollment_id;

select is(test.status(enrollment_id), 'pending', 'the program requires_approval: pending') from given;
select is(test.steps(enrollment_id), null, 'and no step is made or started') from given;
select is(
  (select e.activated_at from handoff.enrollments as e where e.id = given.enrollment_id), null, 'it is not activated'
) from given;

select * from finish();
rollback;
