begin;
select plan(28);

-- A finished program with HSI, and a second one with the same partner.
select test.set_clock('2026-03-02 09:00+00');
create temporary table given as select test.student() as john;
create function pg_temp.first(p_more jsonb, p_channel text default 'webhook') returns void language plpgsql as $$
begin
  perform handoff.enroll_student(test.student(), 'cpr-first-aid', true);
  assert test.send('hsi', 'course.completed', test.student(), p_more, null, p_channel) = 'accepted:completed';
  perform handoff.enroll_student(test.student(), 'cna');
end;
$$;
-- Sends a copy to the second, and undoes it.
create function pg_temp.second(p_more jsonb, p_after interval default '1 hour', p_channel text default 'webhook')
returns text language plpgsql as $$
declare
  v_told text;
begin
  perform test.travel(p_after);
  v_told := test.send('hsi', 'course.completed', test.student(), p_more, null, p_channel);
  raise exception using errcode = 'TEST1';
exception
  when sqlstate 'TEST1' then
    return v_told;
end;
$$;

select pg_temp.first('{"course_id": "CPR", "completed_at": "2026-03-02T10:30:00Z"}');
select is(pg_temp.second('{"course_id": "CPR", "completed_at": "2026-03-02T10:30:00Z"}'), 'ignored:already_completed', 'the same');
select is(pg_temp.second('{"course_id": "CPR", "completed_at": "2026-03-02T05:30:00-05:00"}'), 'ignored:already_completed', 'the same instant');
select is(pg_temp.second('{"course_id": "CPR", "completed_at": "2026-03-02T10:30:00.250Z"}'), 'parked:possible_repeat', 'a part of a second later');
select is(pg_temp.second('{"course_id": "CPR", "completed_at": "2026-03-02T10:31:00Z"}'), 'parked:possible_repeat', '60 seconds later');
select is(pg_temp.second('{"course_id": "CPR", "completed_at": "2026-03-02T10:29:00Z"}'), 'parked:possible_repeat', '60 seconds before');
select is(pg_temp.second('{"course_id": "CPR", "completed_at": "2026-03-02T10:31:01Z"}'), 'accepted:completed', '61 seconds later');
select is(pg_temp.second('{"course_id": "cpr", "completed_at": "2026-03-02T10:30:00Z"}'), 'parked:possible_repeat', 'an item in other letters');
select is(pg_temp.second('{"completed_at": "2026-03-02T10:30:00Z"}'), 'parked:possible_repeat', 'no item');
select is(pg_temp.second('{"course_id": "AED", "completed_at": "2026-03-02T10:30:00Z"}'), 'accepted:completed', 'another item');
select is(pg_temp.second('{"course_id": "CPR"}'), 'parked:possible_repeat', 'no time, an hour later');
select is(pg_temp.second('{}'), 'parked:possible_repeat', 'neither item nor time');
select is(pg_temp.second('{"course_id": "CPR"}', '24 hours'), 'parked:possible_repeat', 'no time, a day later');
select is(pg_temp.second('{"course_id": "CPR"}', '25 hours'), 'accepted:completed', 'no time, more than a day later');
select is(pg_temp.second('{"course_id": "CPR"}', '100 days', 'csv'), 'parked:possible_repeat', 'no time in a file, whenever');
select is(pg_temp.second('{"course_id": "CPR", "completed_at": "2026-03-02"}', '1 day', 'csv'), 'parked:possible_repeat', 'only its day');
select is(pg_temp.second('{"course_id": "CPR", "completed_at": "2026-03-03T12:00:00Z"}', '1 day', 'csv'), 'accepted:completed', 'another day');
select is(pg_temp.second('{"course_id": "CPR", "completed_at": "2026-03-02T12:00:00Z"}', '1 day'), 'accepted:completed', 'a webhook''s noon is a time');
select is(
  pg_temp.second(jsonb_build_object('course_id', 'CPR', 'enrollment_id', s.id)), 'parked:possible_repeat', 'also where it names the step'
)
from handoff.enrollment_steps as s join handoff.enrollments as e on e.id = s.enrollment_id where s.partner_slug = 'hsi' and e.status = 'active';
select is(
  pg_temp.second(jsonb_build_object('course_id', 'CPR', 'enrollment_id', s.id), '1 hour', 'manual'), 'accepted:completed', 'but by the hand of a person'
)
from handoff.enrollment_steps as s join handoff.enrollments as e on e.id = s.enrollment_id where s.partner_slug = 'hsi' and e.status = 'active';
select is(
  pg_temp.second(jsonb_build_object('course_id', 'CPR', 'completed_at', '2026-03-02T10:30:00Z', 'enrollment_id', s.id), '1 hour', 'evidence'),
  'accepted:completed', 'even the very same'
)
from handoff.enrollment_steps as s join handoff.enrollments as e on e.id = s.enrollment_id where s.partner_slug = 'hsi' and e.status = 'active';
select is(
  pg_temp.second(jsonb_build_object('course_id', 'CPR', 'completed_at', '2020-03-02T10:30:00Z', 'enrollment_id', s.id), '1 hour', 'evidence'),
  'accepted:completed', 'and an old paper'
)
from handoff.enrollment_steps as s join handoff.enrollments as e on e.id = s.enrollment_id where s.partner_slug = 'hsi' and e.status = 'active';

-- It is asked before the time, and a person decides.
select handoff.withdraw_enrollment(e.id, 'moved') from handoff.enrollments as e where e.status = 'active';
select test.travel('10 days');
create temporary table late as select test.enroll('emt') as emt;
select is(test.send('hsi', 'course.completed', john, '{"completed_at": "2026-03-02T10:30:01Z"}', 'near'), 'parked:possible_repeat', 'before time_review') from given;
select is(test.send('hsi', 'course.completed', john, '{"completed_at": "2026-03-02T10:40:00Z"}'), 'parked:time_review', 'what is like nothing is out of time') from given;
select is(r.status || ':' || r.reason, 'accepted:completed', 'an admin assigns it')
from late, handoff.partner_events as e, handoff.assign_partner_event(e.receipt, test.step(emt, 1), 'done twice') as r where e.event_key = 'near';

-- What could be a credited completion of the same enrollment is none.
create temporary table jane as select test.student('jane@test.example') as jane, test.enroll('cna', 'jane@test.example') as cna;
select is(test.send('certiport', 'exam.completed', jane, '{"passed": true}'), 'accepted:completed_early', 'one enrollment') from jane;
select is_empty('select * from test.violations()', 'the books are right');

-- Other letters, by no locale: in one of C, lower() knows the ASCII ones alone.
select is(
  handoff_private.is_like(
    jsonb_populate_record(null::handoff.partner_events, jsonb_build_object('item_ref', U&'\00C9COLE', 'partner_completed_at', handoff.clock())),
    jsonb_populate_record(null::handoff.partner_events, jsonb_build_object('item_ref', U&'\00E9cole', 'partner_completed_at', handoff.clock()))
  ), true, 'letters beyond ASCII'
);
select unalike(pg_get_functiondef('handoff_private.is_like'::regproc), '% lower(%', 'go by no locale');

select * from finish();
rollback;
