begin;
select plan(4);

create temporary table given as select test.enroll('administrative-assistant') as enrollment_id, test.student() as student_id;
select handoff.hold_enrollment(enrollment_id, 'a break') from given;
select is(
  test.send('jri', 'module.completed', student_id, '{"module_id": "badge-1"}'), 'parked:on_hold', 'the same badge, report ' || n
) from given, generate_series(1, 2) as n;
select handoff.resume_enrollment(enrollment_id, 'back') from given;
select is(
  (select string_agg(e.status || ':' || e.reason, ' ' order by e.position) from handoff.partner_events as e where e.student_id = given.student_id),
  'accepted:progress ignored:stale_progress', 'the first counts, although another waits with it'
) from given;
select is(
  (select s.progress_count from handoff.enrollment_steps as s where s.id = test.step(given.enrollment_id, 1)), 1, 'once'
) from given;

select * from finish();
rollback;
