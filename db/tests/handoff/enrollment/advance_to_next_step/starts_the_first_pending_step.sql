begin;
select plan(4);

select test.set_clock('2026-03-02 09:00:00+00');
create temporary table given as select test.enroll('medical-assistant') as enrollment_id;
-- As a DBA may leave it: the first done, nothing in progress.
update handoff.enrollment_steps
set status = 'completed', completed_at = handoff.clock()
where enrollment_id = (select enrollment_id from given) and sequence_order = 1;
select test.travel('1 hour');

select is(
  handoff.advance_to_next_step(enrollment_id), test.step(enrollment_id, 2), 'the first pending step in order is returned'
) from given;
select is(test.steps(enrollment_id), 'hsi:completed certiport:in_progress careersafe:pending', 'and is in progress') from given;
select is(
  (select s.started_at from handoff.enrollment_steps as s where s.id = test.step(given.enrollment_id, 2)),
  '2026-03-02 10:00:00+00', 'since now, by our clock'
) from given;
select results_eq(
  'select t.from_status, t.to_status, t.cause from handoff.step_transitions as t order by t.id desc limit 1',
  $$values ('pending', 'in_progress', 'advanced')$$,
  'the audit trail says so'
);

select * from finish();
rollback;
