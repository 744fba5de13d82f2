begin;
select plan(8);

create temporary table given as select test.student() as student_id, test.enroll('cpr-first-aid') as first;
select is(handoff.enroll_student(student_id, 'cpr-first-aid', true), first, 'while one is open, p_again makes none') from given;

select handoff.mark_step_complete(test.step(first, 1)) from given;
create temporary table before as select test.picture(first) as picture from given;
create temporary table again as select handoff.enroll_student(student_id, 'cpr-first-aid', true) as second from given;
select isnt(second, first, 'a new one after completion with p_again') from given, again;
select is(test.steps(second), 'hsi:in_progress', 'with steps of its own') from again;
select is(test.picture(first), picture, 'the completed one and its certificate stay') from given, before;
select is(handoff.enroll_student(student_id, 'cpr-first-aid', true), second, 'once: the new one is open now') from given, again;
select is(handoff.enroll_student(student_id, 'cpr-first-aid'), second, 'the open one is returned before the completed one') from given, again;

select handoff.withdraw_enrollment(second, 'moved away') from again;
select is(handoff.enroll_student(student_id, 'cpr-first-aid'), first, 'a withdrawn one is not returned') from given;

create temporary table withdrawn as select test.enroll('cna') as enrollment_id;
select handoff.withdraw_enrollment(enrollment_id, 'moved away') from withdrawn;
select isnt(test.enroll('cna'), enrollment_id, 'after withdrawal a new one is made without p_again') from withdrawn;

select * from finish();
rollback;
