begin;
select plan(11);
create temporary table given as select test.admin() as ada, test.student('john@test.example') as john;
grant select on given to public;
select test.as_admin(ada) from given;
select results_eq($$select m.made_person, m.made_enrollment from handoff.enroll_person('Zoe@test.example', 'Zoë Lee', 'cna', ' Fall ') as m$$, 'values (true, true)', 'somebody new is enrolled');
select results_eq(
  $$select p.full_name, p.role, e.status, e.cohort from handoff.profiles as p join handoff.enrollments as e on e.student_id = p.id where p.email = 'zoe@test.example'$$,
  $$values ('Zoë Lee', 'student', 'active', 'Fall')$$, 'in a cohort'
);
select results_eq($$select m.made_person, m.made_enrollment from handoff.enroll_person('zoe@test.example', 'Zoe', 'cna', 'Spring') as m$$, 'values (false, false)', 'a second time changes nothing');
select is((select e.cohort from handoff.enrollments as e), 'Fall', 'the cohort neither');
select results_eq($$select m.profile_id = g.john, m.made_person, m.made_enrollment from given as g cross join handoff.enroll_person('john@test.example', 'John', 'cna') as m$$, 'values (true, false, true)', 'somebody known is enrolled');
select throws_ok($$select handoff.enroll_person('x', 'X Y', 'cna')$$, 'TH400', 'not a person''s details', 'no address');
select throws_ok($$select handoff.enroll_person('x@test.example', 'X Y', 'cna', repeat('x', 101))$$, 'TH400', 'not a cohort', 'a cohort that is too long');
select throws_ok($$select handoff.enroll_person('x@test.example', 'X Y', 'none')$$, 'TH404', 'unknown program', 'an unknown program');
select throws_ok($$select handoff.enroll_person('ada@test.example', 'Ada Admin', 'cna')$$, 'TH404', 'unknown student', 'an admin');
select is((select count(*) from handoff.profiles), 3::bigint, 'who is refused is not made');
select test.as_admin(john) from given;
select throws_ok($$select handoff.enroll_person('x@test.example', 'X Y', 'cna')$$, 'TH403', null, 'a student enrolls nobody');
select * from finish();
rollback;
