begin;
select plan(6);

create temporary table given as select test.enroll('cna') as enrollment_id, test.admin() as ada;
create temporary table steps as select test.step(enrollment_id, 1) as first from given;
grant select on given, steps to public;

select test.as_admin(ada) from given;
select is(handoff.fail_step(first, 'cheated'), 'failed', 'the new status') from steps;
select test.as_dba();
select is(test.steps(enrollment_id), 'hsi:failed certiport:pending', 'the next step does not start') from given;
select results_eq(
  'select t.from_status, t.to_status, t.cause, t.reason, t.actor_role, t.actor_id from handoff.step_transitions as t
   where t.step_id = (select first from steps) and t.to_status = ''failed''',
  $$select 'in_progress', 'failed', 'failed', 'cheated', 'handoff_admin', ada from given$$,
  'audited with its reason'
);
create temporary table before as select test.picture(enrollment_id) as picture from given;
select is(handoff.fail_step(first, 'once more'), 'failed', 'idempotent: failed again') from steps;
select is(test.picture(enrollment_id), picture, 'and nothing changes') from given, before;
select is(handoff.is_enrollment_complete(enrollment_id), false, 'a failed step is not done') from given;

select * from finish();
rollback;
