begin;
select plan(16);

create temporary table given as select test.enroll('emergency-health-safety-technician') as enrollment_id, test.student() as student_id;
select is(test.steps(enrollment_id), 'hsi:in_progress', 'An optional mapping makes no step') from given;
create temporary table before as select test.picture(enrollment_id) as picture from given;

select is(test.send('certiport', v.event, student_id, v.fields), 'accepted:evidence', 'an event for it is accepted as evidence: ' || v.event)
from given, (values
  ('exam.completed', '{"passed": true, "completed_at": "2020-01-01T00:00:00Z"}'::jsonb), ('exam.completed', '{"passed": false}'),
  ('certification.issued', '{}'), ('enrollment.created', '{}')
) as v (event, fields);
select is(test.picture(enrollment_id), before.picture, 'and changes nothing') from given, before;
select is(
  (select count(*) from handoff.partner_events as e where e.enrollment_id = given.enrollment_id and e.step_id is null), 4::bigint,
  'it is kept with the enrollment'
) from given;
select is(test.send('hsi', 'course.completed', student_id), 'accepted:completed', 'the required step') from given;
select is(test.status(enrollment_id), 'completed', 'completes the enrollment alone') from given;
select is(
  test.send('certiport', 'certification.issued', student_id), 'accepted:evidence', 'evidence after the end'
) from given;

-- A step goes before it: the same student in a program that requires the partner.
select handoff.enroll_student(student_id, 'it-support-specialist') from given;
select is(
  test.send('certiport', 'exam.completed', student_id, '{"passed": true}'),
  'accepted:completed', 'a step goes before an optional mapping'
) from given;

-- With a course: of that course, and progress, whose item is none.
insert into handoff.programs (slug, name, category) values ('with-option', 'With Option', 'Test');
insert into handoff.program_partners (program_slug, partner_slug, sequence_order, is_required, course_ref) values
  ('with-option', 'hsi', 1, true, null), ('with-option', 'jri', 2, false, 'Badges');
update handoff.partner_event_types set item_field = 'program_id' where partner_slug = 'jri' and event_type = 'program.completed';
create temporary table jane as select test.student('jane@test.example') as student_id, test.enroll('with-option', 'jane@test.example') as enrollment_id;
select is(
  test.send('jri', 'program.completed', student_id, '{"program_id": "Badges"}'), 'accepted:evidence', 'its course'
) from jane;
select is(
  test.send('jri', 'program.completed', student_id, '{"program_id": "Other"}'),
  'parked:unmapped_course', 'another course'
) from jane;
select is(
  test.send('jri', 'module.completed', student_id, '{"module_id": "badge-1"}'), 'accepted:evidence', 'progress in it'
) from jane;
select handoff.withdraw_enrollment(enrollment_id, 'left') from jane;
select is(
  test.send('jri', 'program.completed', student_id, '{"program_id": "Badges"}'),
  'parked:no_enrollment', 'not of who has left'
) from jane;

-- Nor does it wait for an approval.
update handoff.programs set requires_approval = true where slug = 'with-option';
create temporary table jim as select test.student('jim@test.example') as student_id, test.enroll('with-option', 'jim@test.example') as enrollment_id;
select is(
  test.send('jri', 'program.completed', student_id, '{"program_id": "Badges"}'),
  'accepted:evidence', 'evidence for an enrollment that awaits approval'
) from jim;

select * from finish();
rollback;
