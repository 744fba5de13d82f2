begin;
select plan(5);

select throws_ok($$select handoff.enroll_student(gen_random_uuid(), 'cna')$$, 'TH404', null, 'unknown student');
select throws_ok($$select handoff.enroll_student(null, 'cna')$$, 'TH404', null, 'no student');
select throws_ok($$select handoff.enroll_student(test.admin(), 'cna')$$, 'TH404', null, 'an admin is not a student');
select throws_ok($$select handoff.enroll_student(test.student(), 'Cna')$$, 'TH404', null, 'unknown program: slugs are exact');
select throws_ok($$select handoff.enroll_student(test.student(), null)$$, 'TH404', null, 'no program');

select * from finish();
rollback;
