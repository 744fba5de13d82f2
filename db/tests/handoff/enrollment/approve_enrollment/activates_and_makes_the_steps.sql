begin;
select plan(7);

update handoff.programs set requires_approval = true where slug = 'medical-assistant';
select test.set_clock('2026-03-02 09:00:00+00');
create temporary table given as select test.enroll('medical-assistant') as enrollment_id, test.admin() as ada;
grant select on given to public;
select test.travel('2 days');

select test.as_admin(ada) from given;
select is(handoff.approve_enrollment(enrollment_id, '  papers are complete '), 'active', 'the new status') from given;
select test.as_dba();
select is(
  (select e.activated_at from handoff.enrollments as e where e.id = given.enrollment_id), '2026-03-04 09:00:00+00',
  'activated now, not when it was asked for'
) from given;
select is(
  test.steps(enrollment_id), 'hsi:in_progress certiport:pending careersafe:pending', 'the steps are made and the first is started'
) from given;
select results_eq(
  'select t.from_status, t.to_status, t.cause, t.reason, t.actor_role, t.actor_id from handoff.step_transitions as t
   where t.enrollment_id = (select enrollment_id from given) and t.step_id is null and t.to_status = ''active''',
  $$select 'pending', 'active', 'approved', 'papers are complete', 'handoff_admin', ada from given$$,
  'audited with its reason'
);

create temporary table before as select test.picture(enrollment_id) as picture from given;
select is(handoff.approve_enrollment(enrollment_id, 'once more'), 'active', 'idempotent: active again') from given;
select is(test.picture(enrollment_id), picture, 'and nothing changes') from given, before;
select is(
  handoff.mark_step_complete(test.step(enrollment_id, 1)), test.step(enrollment_id, 2), 'from here on it moves as any other'
) from given;

select * from finish();
rollback;
