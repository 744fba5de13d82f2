begin;
select plan(9);

select test.set_clock('2026-03-02 09:00:00+00');
create temporary table given as select test.enroll('medical-assistant') as enrollment_id;
select test.travel('3 days');

select is(
  handoff.mark_step_complete(test.step(enrollment_id, 1), 'HSI-4711'), test.step(enrollment_id, 2),
  'returns the step in progress'
) from given;
select is(
  test.steps(enrollment_id), 'hsi:completed certiport:in_progress careersafe:pending', 'completes and advances'
) from given;
select results_eq(
  'select s.started_at, s.completed_at, s.external_enrollment_id from handoff.enrollment_steps as s
   where s.enrollment_id = (select enrollment_id from given) order by s.sequence_order limit 2',
  $$values
    ('2026-03-02 09:00:00+00'::timestamptz, '2026-03-05 09:00:00+00'::timestamptz, 'HSI-4711'),
    ('2026-03-05 09:00:00+00', null, null)$$,
  'with our times, and with the partner''s id of the enrollment'
);
select handoff.mark_step_complete(test.step(enrollment_id, 2)) from given;
select is(handoff.mark_step_complete(test.step(enrollment_id, 3)), null, 'after the last step: null') from given;
select is(test.status(enrollment_id), 'completed', 'the enrollment is completed') from given;
select is(
  (select e.completed_at from handoff.enrollments as e where e.id = given.enrollment_id), '2026-03-05 09:00:00+00', 'with its time'
) from given;
select isnt_empty(
  'select from handoff.certificates where enrollment_id = (select enrollment_id from given)', 'and there is a certificate'
);
select is(
  (select s.external_enrollment_id from handoff.enrollment_steps as s where s.id = test.step(given.enrollment_id, 1)),
  'HSI-4711', 'the partner''s id stays'
) from given;
select results_eq(
  'select t.cause from handoff.step_transitions as t where t.enrollment_id = (select enrollment_id from given)
   and t.to_status = ''completed'' order by t.id',
  $$values ('marked'), ('marked'), ('marked'), ('all_steps_done')$$,
  'the audit trail says why each was completed'
);

select * from finish();
rollback;
