begin;
select plan(17);

-- Two open enrollments share a partner.
create temporary table given as
  select test.student() as student_id, test.enroll('cna') as cna, test.enroll('emt') as emt;

select is(test.send('hsi', 'course.completed', student_id), 'parked:ambiguous', 'it could be of either') from given;
select is(
  test.steps(cna) || ', ' || test.steps(emt),
  'hsi:in_progress certiport:pending, hsi:in_progress certiport:pending', 'so it moves neither'
) from given;
select is(
  (select (e.enrollment_id, e.step_id)::text from handoff.partner_events as e), '(,)', 'and is kept with neither'
);
select is(test.send('hsi', 'enrollment.created', student_id), 'parked:ambiguous', 'an acknowledgement, too') from given;
select is(
  test.send('hsi', 'course.completed', student_id, jsonb_build_object('enrollment_id', test.step(cna, 1), 'course_id', 'cpr')), 'accepted:completed',
  'enrollment_id decides'
) from given;
select is(
  test.send('hsi', 'course.completed', student_id), 'parked:ambiguous',
  'completed steps are candidates too: it may be a repeat of the one, or the other'
) from given;
select is(
  test.send('hsi', 'course.completed', student_id, '{"enrollment_id": "unheard-of"}'),
  'parked:ambiguous', 'an id that nobody knows decides nothing'
) from given;
select is(
  test.send('hsi', 'course.completed', student_id, jsonb_build_object('enrollment_id', test.step(emt, 1), 'course_id', 'aed', 'completed_at', handoff.clock() - interval '1 hour')),
  'accepted:completed', 'the other'
) from given;
select is(
  test.send('hsi', 'course.completed', student_id),
  'ignored:already_completed', 'where all are done there is nothing to decide'
) from given;

-- A third one, which awaits approval, is open as well.
update handoff.programs set requires_approval = true where slug = 'dental-assistant';
create temporary table awaiting as
  select handoff.enroll_student(student_id, 'dental-assistant') as enrollment_id from given;
select is(
  test.send('hsi', 'course.completed', student_id),
  'parked:ambiguous', 'an enrollment that awaits approval is a candidate'
) from given;
select handoff.withdraw_enrollment(enrollment_id, 'not approved') from awaiting;
select is(
  test.send('hsi', 'course.completed', student_id),
  'ignored:already_completed', 'a withdrawn one is none beside open ones'
) from given;

-- Open before closed, and of the closed ones the newest.
create temporary table jane as
  select test.student('jane@test.example') as student_id, test.enroll('business-startup', 'jane@test.example') as first;
select test.send('jri', 'program.completed', student_id, jsonb_build_object('completed_at', handoff.clock())) from jane;
create temporary table again as select handoff.enroll_student(student_id, 'business-startup', true) as enrollment_id from jane;
select is(
  test.send('jri', 'program.completed', student_id, jsonb_build_object('completed_at', handoff.clock() - interval '1 hour')),
  'accepted:completed', 're-enrolled: the open enrollment goes before the completed one'
) from jane;
select is(test.status(enrollment_id), 'completed', 'and is completed') from again;
create temporary table newest as select handoff.enroll_student(student_id, 'entrepreneurship') as enrollment_id from jane;
select handoff.withdraw_enrollment(enrollment_id, 'left') from newest;
select is(test.send('jri', 'program.completed', student_id), 'parked:withdrawn', 'of closed ones the newest') from jane;
select is(
  test.send('jri', 'program.completed', student_id, jsonb_build_object('enrollment_id', test.step(jane.first, 1))), 'ignored:already_completed',
  'unless it names another'
) from jane;

-- Another student's enrollments have no part in it.
create temporary table jim as select test.student('jim@test.example') as student_id, test.enroll('cna', 'jim@test.example') as cna;
select is(
  test.send('hsi', 'course.completed', student_id), 'accepted:completed', 'one enrollment: nothing to choose'
) from jim;
select is(test.steps(cna), 'hsi:completed certiport:in_progress', 'it is that one') from jim;

select * from finish();
rollback;
