begin;
select plan(8);

create temporary table given as select test.enroll('cpr-first-aid') as enrollment_id, test.student() as student_id;
create temporary table before as select test.picture(enrollment_id) as picture from given;

-- Not even text: every byte there is.
create temporary table sent as
  select string_agg(set_byte('\x00', 0, b), '' order by b) as body from generate_series(0, 255) as b;

select is(test.deliver_raw('hsi', body, 'bytes'), 'rejected:bad_encoding', 'rejected') from sent;
select ok(e.body = sent.body, 'stores the raw body') from handoff.partner_events as e, sent where e.event_key = 'bytes';
select ok(e.body_sha256 = sha256(sent.body), 'and its hash') from handoff.partner_events as e, sent where e.event_key = 'bytes';
select is(
  (select (e.channel, e.seen, e.first_outcome)::text from handoff.partner_events as e where e.event_key = 'bytes'),
  '(webhook,1,rejected:bad_encoding)', 'kept for an admin to see'
);

select test.send('hsi', 'course.completed', student_id, '{"completed_at": "now"}', 'time') from given;
select is(
  (select (e.status, e.reason, e.student_id, e.enrollment_id, e.step_id)::text from handoff.partner_events as e where e.event_key = 'time'),
  '(rejected,bad_time,,,)', 'a rejected event is about nobody'
);
select is(test.picture(enrollment_id), before.picture, 'and changes nothing') from given, before;
select is((select count(*) from handoff.partner_accounts), 0::bigint, 'and makes no account');

select r.* into temporary table received
from handoff.receive_partner_event('hsi', 'context', '{', 'webhook', '{"secret": 2}') as r;
select is(
  (select e.context from handoff.partner_events as e join received on received.receipt = e.receipt), '{"secret": 2}'::jsonb,
  'p_context: which secret verified it'
);

select * from finish();
rollback;
