begin;
select plan(7);

select test.set_clock('2026-03-01 12:00:00+00');
create temporary table given as
  select 'too_long' as kind, test.enroll('cna', 'too-long@test.example') as enrollment_id
  union all select 'failed', test.enroll('cna', 'failed@test.example')
  union all select 'no_steps', test.enrollment_without_steps('cna', 'active', 'no-steps@test.example')
  union all select 'nothing_running', test.enroll('cna', 'nothing-running@test.example')
  union all select 'not_closed', test.enroll('cpr-first-aid', 'not-closed@test.example');
select test.set_clock('2026-03-02 12:00:00+00');
select handoff.fail_step(test.step(enrollment_id, 1), 'cheated') from given where kind = 'failed';
-- What only a DBA can leave behind.
update handoff.enrollment_steps set status = 'completed', completed_at = handoff.clock()
where sequence_order = 1 and enrollment_id in (select enrollment_id from given where kind in ('nothing_running', 'not_closed'));
-- And one who moves.
select test.enroll('emt', 'moves@test.example');

select results_eq(
  'select g.kind, s.kind, s.partner_name, s.since, s.days, s.limit_days
   from handoff.stuck_students() as s join given as g using (enrollment_id) order by s.kind',
  $$values
    ('failed', 'failed', 'Health & Safety Institute', '2026-03-02 12:00:00+00'::timestamptz, 0, null::integer),
    ('no_steps', 'no_steps', null, '2026-03-01 12:00:00+00', 1, null),
    ('not_closed', 'not_closed', null, '2026-03-02 12:00:00+00', 0, null),
    ('nothing_running', 'nothing_running', null, '2026-03-02 12:00:00+00', 0, null)$$,
  'a failed step, no steps, all steps done but the enrollment open, nothing running: at once'
);
select test.set_clock('2026-03-08 12:00:01+00');
select results_eq(
  'select s.kind from handoff.stuck_students() as s order by s.since, s.enrollment_id', 'select s.kind from handoff.stuck_students() as s',
  'the longest standstill first'
);
select is(
  (select s.kind from handoff.stuck_students() as s join given using (enrollment_id) where given.kind = 'too_long'), 'too_long', 'and too long at a partner'
);
select is((select count(*) from handoff.stuck_students()), 5::bigint, 'one row for each, and none for who moves');

select handoff.advance_to_next_step(enrollment_id) from given where kind in ('nothing_running', 'not_closed');
select handoff.generate_enrollment_steps(enrollment_id) from given where kind = 'no_steps';
select handoff.reopen_step(test.step(enrollment_id, 1), 'may try again') from given where kind = 'failed';
select results_eq(
  'select s.kind from handoff.stuck_students() as s', $$values ('too_long')$$, 'what is put right is stuck no more'
);
select handoff.mark_step_complete(test.step(enrollment_id, 1)) from given where kind = 'too_long';
select is_empty('select * from handoff.stuck_students()', 'nor is a student who goes on');
select is_empty(
  'select r.* from given, handoff.stuck_reason(given.enrollment_id, handoff.clock(), handoff.clock()) as r where given.kind = ''failed''',
  'an enrollment that moves has no reason'
);

select * from finish();
rollback;
