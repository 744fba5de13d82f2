begin;
select plan(4);

create temporary table given as select test.enroll('medical-assistant') as enrollment_id;
-- As a DBA may leave it: every step done, the enrollment still active.
update handoff.enrollment_steps
set
  status = case when sequence_order = 2 then 'skipped' else 'completed' end,
  completed_at = case when sequence_order <> 2 then handoff.clock() end
where enrollment_id = (select enrollment_id from given);

select is(handoff.advance_to_next_step(enrollment_id), null, 'no step is in progress: null') from given;
select is(
  test.status(enrollment_id), 'completed',
  'every step completed or skipped and at least one completed: completes the enrollment'
) from given;
select isnt_empty('select from handoff.certificates where enrollment_id = (select enrollment_id from given)', 'and issues the certificate');
select is(handoff.advance_to_next_step(enrollment_id), null, 'on a completed enrollment: null, and no second certificate') from given;

select * from finish();
rollback;
