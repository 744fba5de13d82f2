begin;
select plan(7);

create temporary table given as select test.enroll('cna') as enrollment_id, test.student() as student_id, test.admin() as ada;
grant select on given to public;

select test.as_admin(ada) from given;
select is(handoff.hold_enrollment(enrollment_id, 'on leave'), 'on_hold', 'the new status') from given;
select test.as_dba();
select is(test.steps(enrollment_id), 'hsi:in_progress certiport:pending', 'the steps stay as they are') from given;
select results_eq(
  'select t.from_status, t.to_status, t.cause, t.reason, t.actor_role, t.actor_id from handoff.step_transitions as t
   where t.enrollment_id = (select enrollment_id from given) and t.to_status = ''on_hold''',
  $$select 'active', 'on_hold', 'held', 'on leave', 'handoff_admin', ada from given$$,
  'audited with its reason'
);
create temporary table before as select test.picture(enrollment_id) as picture from given;
select is(handoff.hold_enrollment(enrollment_id, 'once more'), 'on_hold', 'idempotent: on_hold again') from given;
select is(test.picture(enrollment_id), picture, 'and nothing changes') from given, before;
select is(test.send('hsi', 'course.completed', student_id), 'parked:on_hold', 'nothing is credited on hold') from given;
select is(test.steps(enrollment_id), 'hsi:in_progress certiport:pending', 'and nothing moves') from given;

select * from finish();
rollback;
