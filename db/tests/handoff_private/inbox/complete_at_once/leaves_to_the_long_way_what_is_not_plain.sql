begin;
select plan(10);

create temporary table given as select test.enroll('medical-assistant') as enrollment_id, test.student() as john;
select is(
  test.send('careersafe', 'training.completed', john), 'accepted:completed_early', 'a step that is still pending'
) from given;
select is(
  test.steps(enrollment_id), 'hsi:in_progress certiport:pending careersafe:completed', 'is done early, the current one stays'
) from given;

-- The step is in progress again, and the same completion comes under another key: its credit does not count any more.
select is(
  test.send('hsi', 'course.completed', john, '{"completed_at": "2099-01-01T00:00:00Z"}'), 'parked:time_review', 'far ahead'
) from given;
create temporary table then_ as select to_char(handoff.clock() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as time;
select is(
  test.send('hsi', 'course.completed', john, jsonb_build_object('completed_at', time)), 'accepted:completed', 'a completion'
) from given, then_;
select handoff.reopen_step(test.step(enrollment_id, 1), 'was not he') from given;
select is(
  test.send('hsi', 'course.completed', john, jsonb_build_object('completed_at', time)), 'accepted:completed',
  'credited before, and taken back: decided anew'
) from given, then_;
select is(
  test.steps(enrollment_id), 'hsi:completed certiport:in_progress careersafe:completed', 'and completes the step'
) from given;

-- The last step but one: what is done early is not started again.
select is(test.send('hsi', 'course.completed', john), 'ignored:already_completed', 'another completion') from given;
select is(test.send('certiport', 'exam.completed', john, '{"passed": true}'), 'accepted:completed', 'the last one open') from given;
select is(
  test.status(enrollment_id) || ' ' || test.steps(enrollment_id),
  'completed hsi:completed certiport:completed careersafe:completed', 'completes the enrollment'
) from given;

-- A partner that is disabled, and a student whom it has an account for.
create temporary table other as select test.enroll('cna', 'jane@test.example') as enrollment_id, test.student('jane@test.example') as jane;
select handoff.link_partner_account('hsi', 's1', jane) from other;
update handoff.partners set status = 'disabled' where slug = 'hsi';
select is(test.send('hsi', 'course.completed', null, '{"student_id": "s1"}'), 'parked:partner_disabled', 'a partner that is disabled');

select * from finish();
rollback;
