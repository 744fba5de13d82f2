begin;
select plan(12);

select test.set_clock('2026-03-02 09:00:00+00');
create temporary table given as select test.enroll('medical-assistant') as enrollment_id, test.admin() as ada;
create temporary table steps as
  select test.step(enrollment_id, 1) as first, test.step(enrollment_id, 2) as second from given;
grant select on given, steps to public;
select handoff.fail_step(first, 'cheated') from steps;
select test.travel('1 day');

select test.as_admin(ada) from given;
select is(handoff.reopen_step(first, 'may try again'), 'in_progress', 'a failed step: the new status') from steps;
select test.as_dba();
select is(
  (select s.started_at from handoff.enrollment_steps as s where s.id = first), '2026-03-03 09:00:00+00', 'it starts afresh'
) from steps;
select results_eq(
  'select t.from_status, t.to_status, t.cause, t.reason, t.actor_role, t.actor_id from handoff.step_transitions as t
   where t.step_id = (select first from steps) and t.from_status = ''failed''',
  $$select 'failed', 'in_progress', 'reopened', 'may try again', 'handoff_admin', ada from given$$,
  'audited with its reason'
);
create temporary table before as select test.picture(enrollment_id) as picture from given;
select is(handoff.reopen_step(first, 'once more'), 'in_progress', 'idempotent: in_progress again') from steps;
select is(handoff.reopen_step(second, 'once more'), 'pending', 'an open step stays as it is') from steps;
select is(test.picture(enrollment_id), picture, 'and nothing changes') from given, before;

select handoff.mark_step_complete(first, 'HSI-1') from steps;
select is(handoff.reopen_step(first, 'revoked by the partner'), 'in_progress', 'a completed step') from steps;
select is(
  test.steps(enrollment_id), 'hsi:in_progress certiport:pending careersafe:pending', 'a later current step waits: never two are in progress'
) from given;
select is(
  (select s.completed_at from handoff.enrollment_steps as s where s.id = first), null, 'it is not completed any more'
) from steps;
select handoff.skip_step(second, 'waived') from steps;
select is(handoff.reopen_step(second, 'not waived after all'), 'pending', 'a skipped step behind the current one waits its turn') from steps;
select is(test.steps(enrollment_id), 'hsi:in_progress certiport:pending careersafe:pending', 'in order') from given;
select is(handoff.mark_step_complete(first), second, 'and is the next to start') from steps;

select * from finish();
rollback;
