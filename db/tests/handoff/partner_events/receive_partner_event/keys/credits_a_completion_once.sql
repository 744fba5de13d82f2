begin;
select plan(19);

-- The second identity: same partner, student, item and completed_at, under another key.
select test.set_clock('2026-03-02 09:00+00');
create temporary table given as select test.student() as student_id, test.enroll('cna') as cna, test.enroll('emt') as emt;
create function pg_temp.send(p_fields jsonb, p_channel text default 'webhook') returns text language sql as $$
  select test.send('hsi', 'course.completed', test.student(), p_fields, null, p_channel)
$$;

select is(
  pg_temp.send(jsonb_build_object('course_id', 'CPR', 'completed_at', '2026-03-02T10:00:00Z', 'enrollment_id', test.step(cna, 1))),
  'accepted:completed', 'a completion by webhook'
) from given;
create temporary table before as select test.picture(cna) as cna, test.picture(emt) as emt from given;
select is(
  pg_temp.send('{"course_id": "CPR", "completed_at": "2026-03-02T10:00:00Z"}', 'csv'), 'ignored:already_completed',
  'already credited (same partner, student, item and completed_at) under another key is already_completed, although it names no enrollment'
);
select is(
  pg_temp.send(jsonb_build_object('course_id', 'CPR', 'completed_at', '2026-03-02T10:00:00Z', 'enrollment_id', test.step(emt, 1)), 'csv'),
  'ignored:already_completed', 'although it names an open step'
) from given;
select is(
  pg_temp.send('{"course_id": "CPR", "completed_at": "2026-03-02T05:00:00-05:00"}'),
  'ignored:already_completed', 'the same instant in another zone'
);
select is(
  (test.picture(given.cna), test.picture(given.emt))::text, (before.cna, before.emt)::text, 'nothing is credited twice'
) from given, before;
select is(
  (select count(*) from handoff.partner_events as e where e.reason = 'already_completed' and e.step_id = test.step(given.cna, 1)), 3::bigint,
  'each is kept with the step that was credited'
) from given;

-- Whatever differs makes it another completion.
select is(pg_temp.send('{"course_id": "CPR", "completed_at": "2026-03-02T10:00:01Z"}'), 'parked:ambiguous', 'another time');
select is(
  pg_temp.send('{"course_id": "CPR-2", "completed_at": "2026-03-02T10:00:00Z"}'), 'parked:ambiguous', 'another item'
);
select is(pg_temp.send('{"completed_at": "2026-03-02T10:00:00Z"}'), 'parked:ambiguous', 'no item');
select is(pg_temp.send('{"course_id": "CPR"}'), 'parked:ambiguous', 'no time');
select test.enroll('cna', 'jane@test.example');
select is(
  test.send('hsi', 'course.completed', test.student('jane@test.example'), '{"course_id": "CPR", "completed_at": "2026-03-02T10:00:00Z"}'),
  'accepted:completed', 'another student'
);
select is(
  test.send('certiport', 'exam.completed', student_id, jsonb_build_object(
    'exam_id', 'CPR', 'passed', true, 'completed_at', '2026-03-02T10:00:00Z', 'enrollment_id', test.step(cna, 2)
  )), 'accepted:completed', 'another partner'
) from given;

-- Only a credit counts: not a failed attempt, not what waits.
create temporary table jim as select test.student('jim@test.example') as student_id, test.enroll('it-support-specialist', 'jim@test.example') as enrollment_id;
create function pg_temp.exam(p_passed boolean) returns text language sql as $$
  select test.send('certiport', 'exam.completed', test.student('jim@test.example'), jsonb_build_object(
    'passed', p_passed, 'exam_id', 'A+', 'completed_at', '2026-03-02T10:00:00Z'
  ))
$$;
select is(pg_temp.exam(false), 'accepted:attempt_failed', 'a failed attempt');
select handoff.hold_enrollment(enrollment_id, 'a break') from jim;
select is(pg_temp.exam(true), 'parked:on_hold', 'a completion that waits');
select is(pg_temp.exam(true), 'parked:on_hold', 'and the same under another key');
select handoff.resume_enrollment(enrollment_id, 'back') from jim;
select is(
  (select string_agg(e.status || ':' || e.reason, ' ' order by e.position) from handoff.partner_events as e join jim on jim.student_id = e.student_id),
  'accepted:attempt_failed accepted:completed ignored:already_completed', 'the first to apply is credited, the other is not'
);
select is(pg_temp.exam(false), 'ignored:late_failure', 'a failure of that time is no completion');

-- A completion credited early is a credit; one of an enrollment since withdrawn is none any more.
create temporary table jo as select test.student('jo@test.example') as student_id, test.enroll('administrative-assistant', 'jo@test.example') as enrollment_id;
select test.send('certiport', 'exam.completed', student_id, '{"passed": true, "completed_at": "2026-03-02T10:00:00Z"}') from jo;
select handoff.withdraw_enrollment(enrollment_id, 'left') from jo;
select handoff.enroll_student(student_id, 'administrative-assistant') from jo;
select is(
  test.send('certiport', 'exam.completed', student_id, '{"passed": true, "completed_at": "2026-03-02T10:00:00Z"}'),
  'accepted:completed_early', 'decided anew after the withdrawal'
) from jo;
select is(
  test.send('certiport', 'exam.completed', student_id, '{"passed": true, "completed_at": "2026-03-02T10:00:00Z"}'),
  'ignored:already_completed', 'and credited once'
) from jo;

select * from finish();
rollback;
