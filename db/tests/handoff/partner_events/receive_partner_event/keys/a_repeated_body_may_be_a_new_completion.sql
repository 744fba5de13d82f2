begin;
select plan(19);

-- Where the key is the hash of the body: without completed_at, a second completion has the same bytes as a retry of the first.
create function pg_temp.send(p_more jsonb default '{}') returns text language sql as $$
  select test.deliver_raw('jri', b.body, encode(sha256(b.body), 'hex'))
  from (
    select convert_to((jsonb_build_object('event', 'program.completed', 'student_id', test.student()) || p_more)::text, 'UTF8')
  ) as b (body)
$$;
create function pg_temp.enroll_again() returns uuid language sql as $$
  select handoff.enroll_student(test.student(), 'business-startup', true)
$$;
create function pg_temp.parked() returns uuid language sql as $$
  select e.receipt from handoff.partner_events as e where e.status = 'parked'
$$;
select pg_temp.enroll_again();

select is(pg_temp.send(), 'accepted:completed', 'the first time');
select is(pg_temp.send(), 'duplicate:accepted:completed', 'a retry while no step is open is a duplicate');
create temporary table second as select pg_temp.enroll_again() as enrollment_id;
select is(
  pg_temp.send(), 'parked:possible_repeat',
  'a repeat of an applied body while the student has an open step that it would complete is possible_repeat, not duplicate'
);
select is(test.steps(enrollment_id), 'jri:in_progress', 'only a person can tell: nothing is completed') from second;
select is(pg_temp.send(), 'duplicate:parked:possible_repeat', 'its own retries are duplicates of it');
select is(
  (select array_agg((e.repetition, e.status, e.reason, e.seen)::text order by e.repetition) from handoff.partner_events as e),
  array['(0,accepted,completed,2)', '(1,parked,possible_repeat,2)'], 'the first event is not touched'
);
select is((select count(distinct e.body) from handoff.partner_events as e), 1::bigint, 'and the body is kept with both');

-- A person decides. A replay can't tell it from the first one either.
select is(r.status || ':' || r.reason, 'parked:possible_repeat', 'replay_partner_event leaves it to a person')
from handoff.replay_partner_event(pg_temp.parked()) as r;
select is(r.status || ':' || r.reason, 'accepted:completed', 'assign_partner_event completes the step')
from second, handoff.assign_partner_event(pg_temp.parked(), test.step(second.enrollment_id, 1), 'the student did it again') as r;
select is(test.status(enrollment_id), 'completed', 'and the enrollment with it') from second;
create temporary table third as select pg_temp.enroll_again() as enrollment_id;
select is(pg_temp.send(), 'parked:possible_repeat', 'a third time');
select is(r.status || ':' || r.reason, 'accepted:completed', 'assign_partner_event completes the step')
from third, handoff.assign_partner_event(pg_temp.parked(), test.step(third.enrollment_id, 1), 'the student did it again') as r;
select is(test.status(enrollment_id), 'completed', 'and the enrollment with it') from third;

-- A step that was reopened is an open step.
create temporary table fourth as
  select handoff.enroll_student(test.student(), 'barber-apprenticeship') as enrollment_id;
select handoff.skip_step(test.step(enrollment_id, 1), 'done elsewhere') from fourth;
select pg_temp.enroll_again();
select is(pg_temp.send('{"cohort": 4}'), 'parked:ambiguous', 'a body that was not applied') from fourth;
select is(pg_temp.send('{"cohort": 4}'), 'duplicate:parked:ambiguous', 'is repeated as a duplicate') from fourth;

-- A sender with ids and times of its own says itself what is new.
select test.set_clock(handoff.clock() + interval '2 days');
create function pg_temp.at(p_before interval) returns jsonb language sql as $$
  select jsonb_build_object('completed_at', handoff.clock() - p_before)
$$;
select handoff.withdraw_enrollment(enrollment_id, 'left') from fourth;
select is(
  test.send('jri', 'program.completed', test.student(), pg_temp.at('1 hour'), 'id-1'), 'accepted:completed', 'a key that is no hash'
);
select pg_temp.enroll_again();
select is(
  test.send('jri', 'program.completed', test.student(), pg_temp.at('1 hour'), 'id-1'),
  'duplicate:accepted:completed', 'its repeat is a duplicate'
);
select is(
  test.send('jri', 'program.completed', test.student(), pg_temp.at('0 hours'), 'id-2'),
  'accepted:completed', 'another key and time is another completion'
);
select is(
  (select count(*) from handoff.certificates), 5::bigint, 'every completion that a person or a key vouched for has its certificate'
);

select * from finish();
rollback;
