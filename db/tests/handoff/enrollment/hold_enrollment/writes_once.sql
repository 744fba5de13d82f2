begin;
select plan(2);

create temporary table given as select test.enroll('cna') as enrollment_id;
select handoff.hold_enrollment(enrollment_id, 'on leave') from given;
create temporary table before as select e.ctid as place from handoff.enrollments as e join given as g on g.enrollment_id = e.id;

select is(handoff.hold_enrollment(enrollment_id, 'once more'), 'on_hold', 'idempotent: on_hold again') from given;
select is(
  (select e.ctid from handoff.enrollments as e where e.id = given.enrollment_id), place, 'and its row is not written again'
) from given, before;

select * from finish();
rollback;
