begin;
select plan(2);
create temporary table given as
select test.admin() as ada, test.enroll('cna', 'ann@test.example') as ann, test.enroll('cna', 'ben@test.example') as ben, test.enroll('cpr-first-aid', 'ann@test.example') as done;
select handoff.hold_enrollment(ben, 'ill'), handoff.mark_step_complete(test.step(done, 1)) from given;
grant select on given to public;
select test.as_admin(ada) from given;
select is((select string_agg(coalesce(s.state, 'all') || ' ' || s.enrollments, ', ') from handoff.student_counts() as s), 'all 3, pending 0, late 0, on_hold 1, completed 1', 'each state');
select test.as_admin((select e.student_id from handoff.enrollments as e where e.id = ann)) from given;
select is((select sum(s.enrollments) from handoff.student_counts('{}') as s), 0::numeric, 'a student''s claims count nobody');
select * from finish();
rollback;
