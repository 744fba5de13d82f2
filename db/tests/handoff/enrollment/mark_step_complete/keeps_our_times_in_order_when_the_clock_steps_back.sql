begin;
select plan(3);

select test.set_clock('2026-03-02 09:00:00+00');
create temporary table given as select test.enroll('cpr-first-aid') as enrollment_id;
select test.travel('-5 seconds');

select lives_ok(
  format('select handoff.mark_step_complete(%L)', test.step(enrollment_id, 1)), 'a clock that steps back loses no completion'
) from given;
select is(
  (select s.completed_at from handoff.enrollment_steps as s where s.id = test.step(given.enrollment_id, 1)),
  '2026-03-02 09:00:00+00', 'completed_at is not before started_at'
) from given;
select results_eq(
  'select c.completed_at >= c.enrolled_at, c.issued_at >= c.completed_at from handoff.certificates as c
   where c.enrollment_id = (select enrollment_id from given)',
  'values (true, true)', 'nor are the times of the certificate out of order'
);

select * from finish();
rollback;
