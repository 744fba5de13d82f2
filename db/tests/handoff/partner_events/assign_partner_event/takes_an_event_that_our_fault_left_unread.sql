begin;
select plan(4);
set local client_min_messages = error;

-- A fault before anything is known of the event but its bytes.
create function pg_temp.fail() returns trigger language plpgsql as $$ begin raise exception using errcode = '22012'; end $$;
create trigger fault before insert on handoff.partner_accounts for each row
  when (current_setting('test.fault', true) = 'on') execute function pg_temp.fail();
create temporary table given as select test.student() as student_id, test.enroll('cna') as enrollment_id;
set local test.fault = 'on';
select is(
  test.send('hsi', 'course.completed', null, '{"student_id": "unread"}', 'fault'), 'parked:apply_error', 'parked, unread'
);
set local test.fault = 'off';
select throws_ok(
  format('select handoff.assign_partner_event(%L, %L, %L)', e.receipt, test.step(g.enrollment_id, 1), 'this one'), 'TH403', null,
  'an account that is not linked is nobody''s'
) from given as g, handoff.partner_events as e;
select handoff.link_partner_account('hsi', 'unread', student_id) from given;
select is(r.status || ':' || r.reason, 'accepted:completed', 'read again, it is the student''s')
from given as g, handoff.partner_events as e, handoff.assign_partner_event(e.receipt, test.step(g.enrollment_id, 1), 'this one') as r;
select is(test.steps(enrollment_id), 'hsi:completed certiport:in_progress', 'and completes the step') from given;

select * from finish();
rollback;
