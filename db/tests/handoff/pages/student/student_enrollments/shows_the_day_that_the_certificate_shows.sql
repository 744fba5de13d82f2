begin;
select plan(3);

select test.set_clock('2026-03-20 12:00:00+00');
create temporary table given as select test.student() as john, test.enroll('cpr-first-aid') as enrollment_id;
grant select on given to public;
select test.travel('7 days');
select test.send('hsi', 'course.completed', john, '{"completed_at": "2026-03-22T12:00:00Z"}') from given;
create temporary table paper as select c.number, c.completed_at from handoff.certificates as c;
grant select on paper to public;
select test.as_student(john) from given;
select results_eq(
  'select e.completed_at from handoff.student_enrollments() as e', $$values ('2026-03-22 12:00:00+00'::timestamptz)$$, 'the partner''s day'
);
select results_eq('select e.completed_at from handoff.student_enrollments() as e', 'select completed_at from paper', 'as on the certificate');
select test.as_dba();
select handoff.revoke_certificate(number, 'by mistake') from paper;
select test.as_student(john) from given;
select results_eq(
  'select e.completed_at from handoff.student_enrollments() as e', 'select completed_at from paper', 'also when none is valid any more'
);

select * from finish();
rollback;
