begin;
select plan(24);

-- One program maps the same partner twice; both name their course.
insert into handoff.programs (slug, name, category) values ('two-courses', 'Two Courses', 'Test');
insert into handoff.program_partners (program_slug, partner_slug, sequence_order, course_ref) values
  ('two-courses', 'hsi', 1, 'CPR'), ('two-courses', 'jri', 2, null), ('two-courses', 'hsi', 3, 'First Aid');
create temporary table given as select test.enroll('two-courses') as enrollment_id, test.student() as student_id;

select is(
  test.send('hsi', 'course.completed', student_id), 'parked:unmapped_course', 'what completes names its course'
) from given;
select is(
  test.send('hsi', 'course.completed', student_id, '{"course_id": "Bloodborne"}'),
  'parked:unmapped_course', 'a course of neither'
) from given;
select is(
  test.send('hsi', 'course.completed', student_id, '{"course_id": "cpr"}'),
  'parked:unmapped_course', 'a course is known by its exact name'
) from given;
select is(
  test.send('hsi', 'course.completed', student_id, '{"course_id": "First Aid"}'),
  'accepted:completed_early', 'the second course, early'
) from given;
select is(test.steps(enrollment_id), 'hsi:in_progress jri:pending hsi:completed', 'is the third step') from given;
select is(
  test.send('hsi', 'course.completed', student_id, '{"course_id": "First Aid"}'),
  'ignored:already_completed', 'the same course again'
) from given;
select is(
  test.send('hsi', 'course.completed', student_id),
  'parked:unmapped_course', 'without a course it is none of them, whatever is done'
) from given;
select is(
  test.send('hsi', 'course.completed', student_id, '{"course_id": "CPR"}'), 'accepted:completed', 'the first course'
) from given;
select is(test.steps(enrollment_id), 'hsi:completed jri:in_progress hsi:completed', 'is the first step') from given;
select is(
  test.send('hsi', 'course.completed', student_id), 'parked:unmapped_course', 'also when both are done'
) from given;
select is(
  test.send('jri', 'module.completed', student_id, '{"module_id": "badge-1"}'),
  'accepted:progress', 'a mapping that names no course matches any course of its partner'
) from given;
select is(test.send('jri', 'program.completed', student_id), 'accepted:completed', 'the last step') from given;
select is(test.status(enrollment_id), 'completed', 'the enrollment is completed') from given;

-- A course decides between enrollments, too: one that names it goes before a newer one that takes any.
create temporary table jane as
  select test.student('jane@test.example') as student_id, test.enroll('two-courses', 'jane@test.example') as two_courses,
    test.enroll('cpr-first-aid', 'jane@test.example') as any_course;
select is(
  test.send('hsi', 'course.completed', student_id, '{"course_id": "CPR"}'),
  'accepted:completed', 'the enrollment that names the course'
) from jane;
select is(test.steps(two_courses), 'hsi:completed jri:in_progress hsi:pending', 'is credited') from jane;
select is(test.steps(any_course), 'hsi:in_progress', 'and not the one that takes any') from jane;
select is(
  test.send('hsi', 'course.completed', student_id, '{"course_id": "Oxygen"}'), 'accepted:completed', 'any other course'
) from jane;
select is(test.steps(any_course), 'hsi:completed', 'is for the one that takes any') from jane;

-- An enrollment that awaits approval has no steps yet: its program says what it will have.
update handoff.programs set requires_approval = true where slug = 'two-courses';
create temporary table jim as select test.student('jim@test.example') as student_id, test.enroll('two-courses', 'jim@test.example') as enrollment_id;
select is(
  test.send('hsi', 'course.completed', student_id, '{"course_id": "CPR"}'),
  'parked:awaiting_approval', 'a course that it will have'
) from jim;
select is(
  test.send('hsi', 'course.completed', student_id, '{"course_id": "Oxygen"}'),
  'parked:unmapped_course', 'a course that it won''t'
) from jim;
select is(test.send('hsi', 'course.completed', student_id), 'parked:unmapped_course', 'no course') from jim;
select handoff.approve_enrollment(enrollment_id, 'paid') from jim;
select is(
  test.steps(enrollment_id), 'hsi:completed jri:in_progress hsi:pending', 'once approved, what waited is applied'
) from jim;

-- The item of progress is a part of a course, not a course.
update handoff.partner_event_types set item_field = 'module_id' where partner_slug = 'milady' and event_type = 'assessment.passed';
insert into handoff.programs (slug, name, category) values ('one-course', 'One Course', 'Test');
insert into handoff.program_partners (program_slug, partner_slug, sequence_order, course_ref) values ('one-course', 'milady', 1, 'Barbering');
create temporary table joan as select test.student('joan@test.example') as student_id, test.enroll('one-course', 'joan@test.example') as enrollment_id;
select is(
  test.send('milady', 'assessment.passed', student_id, '{"module_id": "Shaving"}'),
  'accepted:progress', 'progress names a part'
) from joan;
select is(
  test.send('milady', 'course.completed', student_id, '{"course_id": "Shaving"}'),
  'parked:unmapped_course', 'a completion names a course'
) from joan;

select * from finish();
rollback;
