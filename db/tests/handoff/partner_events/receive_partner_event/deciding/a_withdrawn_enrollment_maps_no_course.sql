begin;
select plan(2);

insert into handoff.programs (slug, name, category) values ('one-course', 'One Course', 'Test');
insert into handoff.program_partners (program_slug, partner_slug, sequence_order, course_ref) values ('one-course', 'milady', 1, 'Barbering');
create temporary table given as select test.student() as student_id, test.enroll('one-course') as enrollment_id;
create function pg_temp.shaving() returns text language sql as $$
  select test.send('milady', 'course.completed', test.student(), '{"course_id": "Shaving"}')
$$;

select is(pg_temp.shaving(), 'parked:unmapped_course', 'a course that the enrollment has not');
select handoff.withdraw_enrollment(enrollment_id, 'left') from given;
select is(pg_temp.shaving(), 'parked:no_enrollment', 'once withdrawn there is no enrollment that could have it');

select * from finish();
rollback;
