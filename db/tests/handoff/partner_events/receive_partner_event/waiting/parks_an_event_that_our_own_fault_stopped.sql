begin;
select plan(18);
set local client_min_messages = error;

-- A fault of ours: a counter that holds no more. And one in the middle: no certificate can be issued.
create function pg_temp.fail() returns trigger language plpgsql as $$ begin raise exception using errcode = 'P0001', message = 'secret text'; end $$;
create trigger fault before insert on handoff.certificates for each row
  when (current_setting('test.fault', true) = 'on') execute function pg_temp.fail();
set local test.fault = 'on';
create temporary table given as
  select test.enroll('cpr-first-aid', 'faulty@test.example') as enrollment_id, test.student('faulty@test.example') as student_id,
    test.enroll('it-support-specialist', 'counted@test.example') as counted_id, test.student('counted@test.example') as counted;
update handoff.enrollment_steps set failed_attempts = 2147483647 where enrollment_id = (select counted_id from given);
create temporary table before as select test.picture(enrollment_id) as one, test.picture(counted_id) as other from given;

create temporary table answer as
  select r.*
  from given, handoff.receive_partner_event('hsi', 'fault', convert_to(jsonb_build_object(
    'event', 'course.completed', 'student_id', student_id, 'course_id', 'CPR', 'enrollment_id', 'hsi-1'
  )::text, 'UTF8'), 'webhook', '{"secret": 1}') as r;
select is(status || ':' || reason, 'parked:apply_error', 'a fault while the certificate is issued') from answer;
select is(next_step_id, null, 'started nothing') from answer;
select is(
  test.send('certiport', 'exam.completed', counted, '{"passed": false}', 'counter'),
  'parked:apply_error', 'a fault while an attempt is counted'
) from given;
select is(
  (test.picture(enrollment_id), test.picture(counted_id))::text,
  (one, other)::text, 'what was begun is undone: each event has its own subtransaction'
) from given, before;
select is(
  (select (e.error_code, e.body is not null, e.context)::text from handoff.partner_events as e where e.event_key = 'fault'),
  '(P0001,t,"{""secret"": 1}")', 'the event is kept with the SQLSTATE of the fault'
);
select is(
  (select e.error_code from handoff.partner_events as e where e.event_key = 'counter'), '22003', 'each with its own'
);
select is(
  (select (e.event_type, e.external_student_id = g.student_id::text, e.item_ref)::text from handoff.partner_events as e, given as g where e.event_key = 'fault'),
  '(course.completed,t,CPR)', 'an admin can see what it was'
);
select ok(
  to_jsonb(answer)::text !~ 'secret text' and (select to_jsonb(e)::text !~ 'secret text' from handoff.partner_events as e where e.event_key = 'fault'),
  'no internals in the answer or in the row'
) from answer;
select is(
  test.send('hsi', 'course.completed', student_id, '{"course_id": "CPR", "enrollment_id": "hsi-1"}', 'fault'), 'duplicate:parked:apply_error',
  'a retry is told so'
) from given;
select is(
  r.reason, 'apply_error', 'replayed while the fault is there: parked again'
) from answer, handoff.replay_partner_event(answer.receipt) as r;
select throws_ok(
  format('select handoff.assign_partner_event(%L, %L, %L)', receipt, test.step(given.counted_id, 1), 'why not'), 'TH403', null,
  'an admin can''t give it to another student'
) from answer, given;
select is(r.reason, 'apply_error', 'assigned while the fault is there: parked again')
from answer, given, handoff.assign_partner_event(answer.receipt, test.step(given.enrollment_id, 1), 'it is this one') as r;

-- The fault is mended; the event lost nothing.
set local test.fault = 'off';
update handoff.enrollment_steps set failed_attempts = 2 where enrollment_id = (select counted_id from given);
select is(test.status(enrollment_id), 'active', 'nothing applies by itself') from given;
select is(
  r.status || ':' || r.reason, 'accepted:completed', 'then replay_partner_event'
) from answer, handoff.replay_partner_event(answer.receipt) as r;
select is(test.status(enrollment_id), 'completed', 'completed') from given;
select is(
  (select e.error_code from handoff.partner_events as e where e.event_key = 'fault'),
  null, 'the code of the fault is gone'
);
select is(r.reason, 'attempt_failed', 'the other, too')
from handoff.partner_events as e, handoff.replay_partner_event(e.receipt) as r where e.event_key = 'counter';
select is(
  (select s.failed_attempts from handoff.enrollment_steps as s where s.enrollment_id = counted_id), 3, 'counted'
) from given;

select * from finish();
rollback;
