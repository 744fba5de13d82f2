begin;
select plan(3);

-- The item of progress is a part of a course: it does not choose the course, before approval neither.
insert into handoff.programs (slug, name, category, requires_approval) values ('one-course', 'One Course', 'Test', true);
insert into handoff.program_partners (program_slug, partner_slug, sequence_order, course_ref) values ('one-course', 'jri', 1, 'Badges');
create temporary table given as select test.student() as student_id, test.enroll('one-course') as enrollment_id;
select is(
  test.send('jri', 'module.completed', student_id, '{"module_id": "badge-1"}'), 'parked:awaiting_approval', 'progress awaits approval'
) from given;
select handoff.approve_enrollment(enrollment_id, 'paid') from given;
select is(test.steps(enrollment_id), 'jri:in_progress', 'once approved') from given;
select is(
  (select s.progress_count from handoff.enrollment_steps as s where s.enrollment_id = given.enrollment_id), 1, 'it counts'
) from given;

select * from finish();
rollback;
