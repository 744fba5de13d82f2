begin;
select plan(8);

create temporary table given as
  select
    test.enroll('medical-assistant') as enrollment_id,
    convert_to(
      jsonb_build_object('event', 'course.completed', 'student_id', test.student(), 'completed_at', to_json(handoff.clock()) #>> '{}')::text,
      'UTF8'
    ) as body;
create function pg_temp.send() returns text language sql as $$
  select test.deliver_raw('hsi', g.body, encode(sha256(g.body), 'hex')) from pg_temp.given as g
$$;

select is(pg_temp.send(), 'accepted:completed', 'the first time');
select is(pg_temp.send(), 'duplicate:accepted:completed', 'a retry');
select handoff.reopen_step(test.step(enrollment_id, 1), 'the partner took the result back') from given;
select is(pg_temp.send(), 'parked:possible_repeat', 'a repeat while the step is open again is possible_repeat');

select is(
  test.steps(enrollment_id), 'hsi:in_progress certiport:pending careersafe:pending', 'so the step stays open'
) from given;
select is(pg_temp.send(), 'duplicate:parked:possible_repeat', 'and a retry asks nobody again');

-- A person who knows better can still assign one that is parked.
select is(r.status || ':' || r.reason, 'accepted:completed', 'assign_partner_event completes the step')
from given, handoff.partner_events as e, handoff.assign_partner_event(e.receipt, test.step(given.enrollment_id, 1), 'the result stands') as r
where e.repetition = 1;
select is(
  test.steps(enrollment_id), 'hsi:completed certiport:in_progress careersafe:pending', 'and the next partner starts'
) from given;
select is(pg_temp.send(), 'duplicate:parked:possible_repeat', 'a retry changes nothing any more');

select * from finish();
rollback;
