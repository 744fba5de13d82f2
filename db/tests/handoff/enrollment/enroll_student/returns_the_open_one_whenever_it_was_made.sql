begin;
select plan(1);

-- The clock stepped back between the two.
select test.set_clock('2026-03-02 09:00:00+00');
create temporary table given as select test.student() as student_id, test.enroll('cpr-first-aid') as first;
select handoff.mark_step_complete(test.step(first, 1)) from given;
select test.travel('-1 day');
create temporary table again as select handoff.enroll_student(student_id, 'cpr-first-aid', true) as second from given;
select is(
  handoff.enroll_student(student_id, 'cpr-first-aid'), second, 'the open one is returned before a completed one that is newer'
) from given, again;

select * from finish();
rollback;
