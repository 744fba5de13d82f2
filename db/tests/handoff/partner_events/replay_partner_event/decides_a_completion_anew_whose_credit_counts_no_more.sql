begin;
select plan(20);

select test.set_clock('2026-03-02 09:00+00');
create temporary table given as select test.enroll('cna') as cna, test.student() as john;
create function pg_temp.replay(p_key text) returns text language sql as $$
  select r.status || ':' || r.reason
  from handoff.partner_events as e, handoff.replay_partner_event(e.receipt) as r where e.event_key = p_key
$$;
create function pg_temp.told(p_key text) returns text language sql as $$
  select e.status || ':' || e.reason from handoff.partner_events as e where e.event_key = p_key
$$;

-- Opened again.
select test.send('hsi', 'course.completed', john, '{"completed_at": "2026-03-02T09:00:00Z"}', 'c') from given;
select test.send('hsi', 'course.completed', john, '{"completed_at": "2026-03-02T09:00:00Z"}', 'copy') from given;
select is(pg_temp.replay('c'), 'duplicate:accepted:completed', 'where the credit counts nothing changes');
select is(pg_temp.replay('copy'), 'duplicate:ignored:already_completed', 'of its copy neither');
select handoff.reopen_step(test.step(cna, 1), 'by mistake') from given;
select is(test.send('hsi', 'course.completed', john, '{"completed_at": "2026-03-02T09:00:00Z"}', 'c'), 'duplicate:accepted:completed', 'its own key is a duplicate') from given;
select is(test.steps(cna), 'hsi:in_progress certiport:pending', 'and moves nothing') from given;
select is(pg_temp.replay('c'), 'accepted:completed', 'a replay decides anew, and does what it says');
select is(test.steps(cna), 'hsi:completed certiport:in_progress', 'the step is completed') from given;
select is(pg_temp.replay('c'), 'duplicate:accepted:completed', 'once');
select handoff.reopen_step(test.step(cna, 1), 'by mistake') from given;
select is(pg_temp.replay('copy'), 'accepted:completed', 'the copy of a completion that was taken back does as well');
select is(pg_temp.replay('c'), 'ignored:already_completed', 'the first one is not credited any more');
select handoff.reopen_step(test.step(cna, 1), 'by mistake') from given;
select handoff.hold_enrollment(cna, 'a break') from given;
select is(pg_temp.replay('c'), 'parked:on_hold', 'on hold it waits');
select handoff.resume_enrollment(cna, 'back') from given;
select is(pg_temp.told('c'), 'accepted:completed', 'and applies');

-- The body is dropped: what was read is enough.
select handoff.reopen_step(test.step(cna, 1), 'by mistake') from given;
update handoff.partner_events set body = null;
select is(pg_temp.replay('c'), 'accepted:completed', 'without its body');
select is((select s.partner_completed_at from handoff.enrollment_steps as s where s.id = test.step(cna, 1)), '2026-03-02 09:00+00', 'with its time') from given;

-- A skipped step has kept a completion as evidence; it is opened again.
create temporary table jane as select test.enroll('cna', 'jane@test.example') as cna, test.student('jane@test.example') as jane;
select handoff.skip_step(test.step(cna, 1), 'done elsewhere') from jane;
select test.send('hsi', 'course.completed', jane, '{}', 'evidence') from jane;
select handoff.reopen_step(test.step(cna, 1), 'it was not') from jane;
select is(pg_temp.replay('evidence'), 'accepted:completed', 'what was evidence of a skipped step');

-- The student has left.
select handoff.withdraw_enrollment(cna, 'left') from given;
select is(pg_temp.replay('c'), 'duplicate:accepted:completed', 'with nothing else open the step is its own');
select test.enroll('cna');
select is(pg_temp.replay('c'), 'accepted:completed', 'enrolled again it is decided anew');
select is(
  (select string_agg(e.status || ' ' || test.steps(e.id), ', ' order by e.status) from handoff.enrollments as e where e.student_id = john),
  'active hsi:completed certiport:in_progress, withdrawn hsi:completed certiport:in_progress', 'and counts for the new enrollment'
) from given;
select is(test.send('hsi', 'course.completed', john, '{"completed_at": "2026-03-02T09:00:00Z"}', 'third'), 'ignored:already_completed', 'once') from given;
select is(pg_temp.replay('copy'), 'ignored:already_completed', 'the copy has the credit of the withdrawn enrollment no more');
select is_empty('select * from test.violations()', 'the books are right');

select * from finish();
rollback;
