begin;
select plan(13);

create temporary table given as select test.enroll('medical-assistant') as enrollment_id, test.student() as student_id;

create temporary table early as
  select r.*
  from given, handoff.receive_partner_event('careersafe', 'early', convert_to(jsonb_build_object(
    'event', 'training.completed', 'student_id', student_id
  )::text, 'UTF8')) as r;
select is(status || ':' || reason, 'accepted:completed_early', 'a completion of a pending step') from early;
select is(
  test.steps(enrollment_id), 'hsi:in_progress certiport:pending careersafe:completed', 'the current step stays current'
) from given;
select is(
  (early.step_id, early.next_step_id)::text,
  format('(%s,)', test.step(given.enrollment_id, 3)), 'next_step_id: it started none'
) from early, given;
select is(
  s.started_at,
  null, 'early, no started_at') from given join handoff.enrollment_steps as s on s.id = test.step(given.enrollment_id, 3
);
select is(
  test.send('certiport', 'exam.completed', student_id, '{"passed": false}'),
  'accepted:attempt_failed', 'a failed attempt at a pending step'
) from given;
select is(
  test.steps(enrollment_id), 'hsi:in_progress certiport:pending careersafe:completed', 'leaves it pending'
) from given;
select is(
  test.send('certiport', 'exam.completed', student_id, '{"passed": true}'),
  'accepted:completed_early', 'then passed early'
) from given;
select is(test.send('careersafe', 'training.completed', student_id), 'ignored:already_completed', 'early once') from given;
select is(test.status(enrollment_id), 'active', 'not complete while the first step is open') from given;
select is(test.send('hsi', 'course.completed', student_id), 'accepted:completed', 'the first step comes last') from given;
select is(test.status(enrollment_id), 'completed', 'then the enrollment is completed') from given;

-- Nothing in progress, because a failed step blocks.
create temporary table blocked as select test.enroll('cna', 'jane@test.example') as enrollment_id, test.student('jane@test.example') as student_id;
select handoff.fail_step(test.step(enrollment_id, 1), 'no show') from blocked;
select is(
  test.send('certiport', 'exam.completed', student_id, '{"passed": true}'),
  'accepted:completed_early', 'early behind a failed step'
) from blocked;
select is(test.steps(enrollment_id), 'hsi:failed certiport:completed', 'which still blocks') from blocked;

select * from finish();
rollback;
