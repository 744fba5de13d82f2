begin;
select plan(9);

create temporary table given as select test.enroll('cna') as enrollment_id, test.student() as student_id;
-- The program is edited: hsi now needs a course, certiport is gone, jri is new.
update handoff.program_partners set course_ref = 'CPR-2027' where program_slug = 'cna' and partner_slug = 'hsi';
delete from handoff.program_partners where program_slug = 'cna' and partner_slug = 'certiport';
insert into handoff.program_partners (program_slug, partner_slug, sequence_order) values ('cna', 'jri', 3);

select is(
  test.send('jri', 'program.completed', student_id),
  'parked:no_enrollment', 'a partner that joined later has no step here'
) from given;
select is(
  test.send('hsi', 'course.completed', student_id, '{"course_id": "CPR"}'),
  'accepted:completed', 'the step takes any course, as when it was made'
) from given;
select is(
  test.send('certiport', 'exam.completed', student_id, '{"passed": true}'),
  'accepted:completed', 'a partner that left the program completes its step'
) from given;
select is(
  test.steps(enrollment_id), 'hsi:completed certiport:completed', 'later edits do not touch an enrollment'
) from given;
select is(test.status(enrollment_id), 'completed', 'it is complete by its own sequence') from given;

create temporary table jane as select test.student('jane@test.example') as student_id, test.enroll('cna', 'jane@test.example') as enrollment_id;
select is(
  test.steps(enrollment_id), 'hsi:in_progress jri:pending', 'who enrolls after the edit has the new sequence'
) from jane;
select is(
  test.send('hsi', 'course.completed', student_id, '{"course_id": "CPR"}'),
  'parked:unmapped_course', 'with the course that it needs'
) from jane;
select is(
  test.send('hsi', 'course.completed', student_id, '{"course_id": "CPR-2027"}'), 'accepted:completed', 'and no other'
) from jane;
select is(
  test.send('certiport', 'exam.completed', student_id, '{"passed": true}'),
  'parked:no_enrollment', 'and no step of who left'
) from jane;

select * from finish();
rollback;
