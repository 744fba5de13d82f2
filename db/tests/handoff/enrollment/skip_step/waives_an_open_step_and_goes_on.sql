begin;
select plan(9);

create temporary table given as select test.enroll('medical-assistant') as enrollment_id, test.admin() as ada;
create temporary table steps as select test.step(enrollment_id, 1) as first, test.step(enrollment_id, 3) as last from given;
grant select on given, steps to public;

select test.as_admin(ada) from given;
select is(handoff.skip_step(first, 'has the card already'), 'skipped', 'the new status') from steps;
select test.as_dba();
select is(test.steps(enrollment_id), 'hsi:skipped certiport:in_progress careersafe:pending', 'the step in progress: the next one starts') from given;
select results_eq(
  'select t.from_status, t.to_status, t.cause, t.reason, t.actor_role, t.actor_id from handoff.step_transitions as t
   where t.step_id = (select first from steps) and t.to_status = ''skipped''',
  $$select 'in_progress', 'skipped', 'skipped', 'has the card already', 'handoff_admin', ada from given$$,
  'audited with its reason'
);
create temporary table before as select test.picture(enrollment_id) as picture from given;
select is(handoff.skip_step(first, 'once more'), 'skipped', 'idempotent: skipped again') from steps;
select is(test.picture(enrollment_id), picture, 'and nothing changes') from given, before;

select handoff.skip_step(last, 'not offered this year') from steps;
select is(test.steps(enrollment_id), 'hsi:skipped certiport:in_progress careersafe:skipped', 'a pending step: the current one stays current') from given;
select handoff.mark_step_complete(test.step(enrollment_id, 2)) from given;
select is(test.status(enrollment_id), 'completed', 'one completed and the others skipped completes the enrollment') from given;
select is(
  (select jsonb_path_query_array(c.partners, '$[*].partner') from handoff.certificates as c where c.enrollment_id = given.enrollment_id),
  '["Certiport"]', 'its certificate lists what was completed, and nothing that was skipped'
) from given;
select is(handoff.skip_step(first, 'once more'), 'skipped', 'idempotent even now') from steps;

select * from finish();
rollback;
