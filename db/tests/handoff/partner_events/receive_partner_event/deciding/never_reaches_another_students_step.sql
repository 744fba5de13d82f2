begin;
select plan(17);

create temporary table given as
  select test.student() as john, test.enroll('cna') as cna,
    test.student('jane@test.example') as jane, test.enroll('cna', 'jane@test.example') as janes;
create temporary table before as select test.picture(janes) as picture from given;
select test.send('hsi', 'enrollment.created', jane, '{"enrollment_id": "hsi-jane"}') from given;

-- A partner's reference is never authority.
select is(
  test.send('hsi', 'course.completed', john, jsonb_build_object('enrollment_id', test.step(janes, 1))),
  'parked:ambiguous', 'the id of another student''s step'
) from given;
select is(
  test.send('hsi', 'course.completed', john, jsonb_build_object('enrollment_id', upper(test.step(janes, 1)::text))),
  'parked:ambiguous', 'in capitals'
) from given;
select is(
  test.steps(cna) || ', ' || test.steps(janes),
  'hsi:in_progress certiport:pending, hsi:in_progress certiport:pending', 'nobody is credited'
) from given;

-- One partner can't complete another's step.
select is(
  test.send('certiport', 'exam.completed', john, jsonb_build_object('passed', true, 'enrollment_id', test.step(cna, 1))),
  'parked:ambiguous', 'the id of a step of another partner'
) from given;
select is(test.steps(cna), 'hsi:in_progress certiport:pending', 'completes neither') from given;
select is(
  test.send('milady', 'course.completed', john, jsonb_build_object('enrollment_id', test.step(cna, 1))),
  'parked:no_enrollment', 'a partner who has no step of the student'
) from given;
select is(
  test.send('hsi', 'exam.completed', john, '{"passed": true}'),
  'parked:unknown_event_type', 'an event of another partner means nothing'
) from given;
select is(
  test.send('certiport', 'exam.completed', john, '{"passed": true, "enrollment_id": "hsi-jane"}'), 'accepted:completed_early',
  'an id is known to the partner that gave it, and to no other'
) from given;

-- The student is who the partner's account says.
select handoff.link_partner_account('hsi', 'h-1', john) from given;
select handoff.link_partner_account('certiport', 'h-1', jane) from given;
select is(
  test.send('hsi', 'course.completed', null, '{"student_id": "h-1"}'), 'accepted:completed', 'an account of the partner'
) from given;
select is(test.steps(cna), 'hsi:completed certiport:completed', 'is who it was linked to') from given;
select is(
  test.send('certiport', 'exam.completed', null, '{"student_id": "h-1", "passed": true}'),
  'accepted:completed_early', 'the same id of another partner'
) from given;
select is(test.steps(janes), 'hsi:in_progress certiport:completed', 'is somebody else') from given;
select is(
  test.send('careersafe', 'training.completed', null, '{"student_id": "h-1"}'),
  'parked:unknown_student', 'and of a third nobody'
) from given;
select is(
  test.send('hsi', 'course.completed', null, '{"student_id": "H-1"}'),
  'parked:unknown_student', 'an account is known by its exact name'
) from given;
select is(
  test.send('hsi', 'course.completed', null, jsonb_build_object('student_id', upper(jane::text))),
  'accepted:completed', 'our own profile id, in capitals'
) from given;
select is(
  test.send('hsi', 'course.completed', test.admin()),
  'parked:unknown_student', 'an admin''s profile id is no student''s'
);
select is(
  test.send('hsi', 'course.completed', null, '{"student_id": "jane@test.example"}'),
  'parked:unknown_student', 'nor is an e-mail address'
);

select * from finish();
rollback;
