begin;
select plan(7);
set local client_min_messages = error;

-- A fault before anything is known of the event but its bytes.
create function pg_temp.fail() returns trigger language plpgsql as $$ begin raise exception using errcode = '22012'; end $$;
create trigger fault before insert on handoff.partner_accounts for each row
  when (current_setting('test.fault', true) = 'on') execute function pg_temp.fail();

set local test.fault = 'on';
select is(
  test.send('hsi', 'course.completed', null, '{"student_id": "undecided-1"}', 'fault'), 'parked:apply_error', 'parked'
);
select is(
  (select (e.error_code, e.channel, e.context, e.body_sha256 = sha256(e.body), e.seen)::text from handoff.partner_events as e),
  '(22012,webhook,{},t,1)', 'the raw body is stored, with the SQLSTATE'
);
select is(
  test.send('hsi', 'course.completed', null, '{"student_id": "undecided-1"}', 'fault'), 'duplicate:parked:apply_error', 'a repeat is a duplicate of it'
);
select is((select (count(*), max(e.seen))::text from handoff.partner_events as e), '(1,2)', 'in one row');
select is(
  test.send('hsi', 'course.completed', null, '{"student_id": "undecided-2"}', 'fault'), 'conflict:key_reused', 'and another body is a conflict'
);
set local test.fault = 'off';
select is(r.status || ':' || r.reason, 'parked:unknown_student', 'then replay_partner_event')
from handoff.partner_events as e, handoff.replay_partner_event(e.receipt) as r;
select is(
  (select (e.event_type, e.external_student_id, e.error_code)::text from handoff.partner_events as e), '(course.completed,undecided-1,)', 'it was all in the body'
);

select * from finish();
rollback;
