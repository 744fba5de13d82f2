begin;
select plan(17);

select test.set_clock('2026-03-02 09:00:00+00');
create temporary table given as
  select s.status, test.enrollment_in(s.status) as enrollment_id
  from (values ('pending'), ('active'), ('on_hold')) as s (status);
create temporary table before as
  select enrollment_id, test.steps(enrollment_id) as steps from given;
select test.travel('1 day');

select is(handoff.withdraw_enrollment(enrollment_id, 'moved away'), 'withdrawn', 'from ' || status || ' to the new status') from given;
select is(test.steps(enrollment_id), steps, 'from ' || status || ': keeps its steps as they are') from given join before using (enrollment_id);
select is(
  (select e.withdrawn_at from handoff.enrollments as e where e.id = given.enrollment_id), '2026-03-03 09:00:00+00',
  'from ' || status || ': with its time'
) from given;
select results_eq(
  format('select t.from_status, t.cause, t.reason from handoff.step_transitions as t
          where t.enrollment_id = %L and t.to_status = ''withdrawn''', enrollment_id),
  format('values (%L, ''withdrawn'', ''moved away'')', status), 'from ' || status || ': audited with its reason'
) from given;

create temporary table after as select enrollment_id, test.picture(enrollment_id) as picture from given where status = 'active';
select test.travel('1 day');
select is(handoff.withdraw_enrollment(enrollment_id, 'once more'), 'withdrawn', 'idempotent: withdrawn again') from after;
select is(handoff.mark_step_complete(test.step(enrollment_id, 1)), test.step(enrollment_id, 1), 'no step of it is completed') from after;
select is(handoff.mark_step_complete(test.step(enrollment_id, 2)), test.step(enrollment_id, 1), 'neither the current nor another') from after;
select is(
  (select test.send('hsi', 'course.completed', e.student_id) from handoff.enrollments as e where e.id = after.enrollment_id),
  'parked:withdrawn', 'by no event'
) from after;
select is(test.picture(enrollment_id), picture, 'nothing changes, so it never certifies') from after;

select * from finish();
rollback;
