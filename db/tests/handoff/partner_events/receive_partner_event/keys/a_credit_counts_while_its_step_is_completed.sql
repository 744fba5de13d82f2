begin;
select plan(14);

select test.set_clock('2026-03-02 09:00+00');
create temporary table given as select test.enroll('cna') as cna, test.student() as john;
create function pg_temp.course() returns text language sql as $$
  select test.send('hsi', 'course.completed', test.student(), '{"course_id": "cpr", "completed_at": "2026-03-02T09:00:00Z"}')
$$;
create function pg_temp.exam() returns text language sql as $$
  select test.send('certiport', 'exam.completed', test.student(), '{"passed": true, "completed_at": "2026-03-02T09:00:00Z"}')
$$;

select is(pg_temp.course(), 'accepted:completed', 'a completion');
select is(pg_temp.course(), 'ignored:already_completed', 'under another key');
select handoff.reopen_step(test.step(cna, 1), 'by mistake') from given;
select is(pg_temp.course(), 'accepted:completed', 'once its step is open again it is decided anew');
select is(test.steps(cna), 'hsi:completed certiport:in_progress', 'and completes the step') from given;
select is(pg_temp.course(), 'ignored:already_completed', 'once');

-- Opened again, and done by hand: nothing is credited to the event any more.
select handoff.reopen_step(test.step(cna, 1), 'by mistake'), handoff.mark_step_complete(test.step(cna, 1)) from given;
select is((select s.completed_by from handoff.enrollment_steps as s where s.id = test.step(cna, 1)), null, 'a hand''s completion is nobody''s credit') from given;
select is(pg_temp.course(), 'ignored:already_completed', 'the step is done all the same');

-- Withdrawn, and enrolled again.
select handoff.withdraw_enrollment(cna, 'left') from given;
select is(pg_temp.course(), 'ignored:already_completed', 'with nothing open it changes nothing');
create temporary table again as select test.enroll('cna') as cna;
select is(pg_temp.course(), 'accepted:completed', 'it counts for the new enrollment');
select is(pg_temp.exam(), 'accepted:completed', 'the last step');
select is(test.status(cna), 'completed', 'certified') from again;

-- A completed enrollment keeps its credit.
select handoff.enroll_student(john, 'cna', true) from given;
select is(pg_temp.course(), 'ignored:already_completed', 'the very same completion is not credited to a second enrollment');
select is((select string_agg(distinct e.status, ' ' order by e.status) from handoff.enrollments as e where e.student_id = john), 'active completed withdrawn', 'which stays open') from given;
select is_empty('select * from test.violations()', 'the books are right');

select * from finish();
rollback;
