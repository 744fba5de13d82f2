begin;
select plan(15);

create temporary table given as select test.enroll('it-support-specialist') as enrollment_id, test.student() as student_id;
create function pg_temp.exam(p_passed boolean, p_more jsonb default '{}') returns text language sql as $$
  select test.send('certiport', 'exam.completed', test.student(), jsonb_build_object('passed', p_passed) || p_more)
$$;
create function pg_temp.attempts() returns integer language sql as $$
  select s.failed_attempts from handoff.enrollment_steps as s join pg_temp.given as g on g.enrollment_id = s.enrollment_id
$$;

select is(pg_temp.exam(false, '{"score": 420}'), 'accepted:attempt_failed', 'false is a failed attempt');
select is(test.steps(enrollment_id), 'certiport:in_progress', 'the step stays open') from given;
select is(test.status(enrollment_id), 'active', 'and never certifies') from given;
select is(pg_temp.exam(false, '{"score": 0}'), 'accepted:attempt_failed', 'a second, with the score 0');
select is(pg_temp.exam(false), 'accepted:attempt_failed', 'a third');
select is(pg_temp.attempts(), 3, 'each is counted');

-- A failed step blocks the sequence; a later pass completes it.
select handoff.fail_step(test.step(enrollment_id, 1), 'three attempts') from given;
select is(pg_temp.exam(false), 'accepted:attempt_failed', 'a failed attempt at a failed step');
select is(test.steps(enrollment_id), 'certiport:failed', 'leaves it failed') from given;
select is(pg_temp.exam(true, '{"score": 900}'), 'accepted:completed', 'a pass completes the failed step');
select is(test.status(enrollment_id), 'completed', 'and the enrollment') from given;

-- A failure after the pass.
create temporary table before as select test.picture(enrollment_id) as picture from given;
select is(pg_temp.exam(false), 'ignored:late_failure', 'a failure after the pass is late_failure');
select is(pg_temp.exam(true), 'ignored:already_completed', 'another pass is already_completed');
select is(test.picture(enrollment_id), before.picture, 'nothing goes backwards') from given, before;
select is(pg_temp.attempts(), 4, 'a late failure is not counted');
select is(
  (select string_agg(e.result, ' ' order by e.position) from handoff.partner_events as e where e.result is not null), '420 0 900',
  'each score is kept with its event'
);

select * from finish();
rollback;
