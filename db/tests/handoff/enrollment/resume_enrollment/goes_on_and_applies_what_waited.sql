begin;
select plan(8);

create temporary table given as select test.enroll('cna') as enrollment_id, test.student() as student_id, test.admin() as ada;
grant select on given to public;
select handoff.hold_enrollment(enrollment_id, 'on leave') from given;
select is(test.send('hsi', 'course.completed', student_id), 'parked:on_hold', 'on hold an event waits') from given;
select is(test.send('certiport', 'exam.completed', student_id, '{"passed": true}'), 'parked:on_hold', 'and the next one, too') from given;

select test.as_admin(ada) from given;
select is(
  handoff.resume_enrollment(enrollment_id, 'is back'), 'completed',
  'on_hold when resumed: applied by themselves, in order of receipt; the new status'
) from given;
select test.as_dba();
select is(test.steps(enrollment_id), 'hsi:completed certiport:completed', 'both steps are credited') from given;
select results_eq(
  'select t.from_status, t.to_status, t.cause, t.reason, t.actor_role, t.actor_id from handoff.step_transitions as t
   where t.enrollment_id = (select enrollment_id from given) and t.from_status = ''on_hold''',
  $$select 'on_hold', 'active', 'resumed', 'is back', 'handoff_admin', ada from given$$,
  'audited with its reason'
);

create temporary table quiet as select test.enrollment_in('on_hold') as enrollment_id;
select is(handoff.resume_enrollment(enrollment_id, 'is back'), 'active', 'with nothing waiting: active') from quiet;
select is(handoff.resume_enrollment(enrollment_id, 'once more'), 'active', 'idempotent: active again') from quiet;
select is(test.steps(enrollment_id), 'hsi:in_progress certiport:pending', 'where it was') from quiet;

select * from finish();
rollback;
