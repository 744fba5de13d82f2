begin;
select plan(4);

update handoff.programs set requires_approval = true where slug in ('cna', 'cpr-first-aid');
create temporary table given as
  select test.student() as student_id, test.enroll('cna') as cna, test.student('jane@test.example') as jane,
    test.enroll('cpr-first-aid', 'jane@test.example') as cpr;
select is(test.send('hsi', 'course.completed', student_id), 'parked:awaiting_approval', 'before approval an event waits') from given;
select is(test.send('hsi', 'course.completed', jane), 'parked:awaiting_approval', 'for a program of one step, too') from given;

select handoff.approve_enrollment(cna, 'papers are complete') from given;
select is(test.steps(cna), 'hsi:completed certiport:in_progress', 'applied by itself, when approved') from given;
select is(
  handoff.approve_enrollment(cpr, 'papers are complete'), 'completed', 'the new status, when it was the only step'
) from given;

select * from finish();
rollback;
