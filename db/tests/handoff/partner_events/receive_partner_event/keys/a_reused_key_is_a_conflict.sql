begin;
select plan(16);

create temporary table given as select test.enroll('cna') as enrollment_id, test.student() as student_id;
select test.send('hsi', 'enrollment.created', student_id, '{}', 'one') from given;
create temporary table before as
  select test.picture(given.enrollment_id) as picture, to_jsonb(e) as event
  from given, handoff.partner_events as e where e.event_key = 'one';

create temporary table answer as
  select r.*
  from given, handoff.receive_partner_event(
    'hsi', 'one', convert_to(jsonb_build_object('event', 'course.completed', 'student_id', student_id)::text, 'UTF8'),
    'webhook', '{"secret": 1}'
  ) as r;
select is(status || ':' || reason, 'conflict:key_reused', 'same key, other body') from answer;
select is(receipt, (before.event ->> 'receipt')::uuid, 'with the receipt of the event that has the key') from answer, before;
select is((enrollment_id, step_id, next_step_id)::text, '(,,)', 'and nothing else of it') from answer;
select is(test.picture(enrollment_id), before.picture, 'it is not applied') from given, before;
select is(
  to_jsonb(e), before.event, 'the event that has the key stays as it is'
) from handoff.partner_events as e, before where e.event_key = 'one';
select is(
  (c.seen, c.channel, c.context ->> 'secret', c.body_sha256 = sha256(c.body), c.received_at = c.last_seen_at)::text,
  '(1,webhook,1,t,t)', 'its body is kept apart'
) from handoff.partner_event_conflicts as c;

-- Again and again.
select is(
  test.send('hsi', 'course.completed', student_id, '{}', 'one'),
  'conflict:key_reused', 'a retry ends in the same conflict'
) from given;
select is(
  test.send('hsi', 'course.completed', student_id, '{}', 'one', 'csv'), 'conflict:key_reused', 'by another channel, too'
) from given;
select is(
  (select (count(*), sum(c.seen))::text from handoff.partner_event_conflicts as c),
  '(1,3)', 'in one row, seen three times'
);
select is(test.deliver_raw('hsi', '{', 'one'), 'conflict:key_reused', 'a third body, which is not even JSON');
select is(test.deliver_raw('hsi', '', 'one'), 'conflict:key_reused', 'a fourth, which is empty');
select is(
  (select (count(*), sum(c.seen))::text from handoff.partner_event_conflicts as c), '(3,5)', 'each in a row of its own'
);
select is(
  test.send('hsi', 'enrollment.created', student_id, '{}', 'one'), 'duplicate:accepted:acknowledged', 'the first body is still a duplicate'
) from given;
select is(
  test.send('hsi', 'course.completed', student_id, '{}', 'two'),
  'accepted:completed', 'the other body counts under a key of its own'
) from given;

-- The body of the event was dropped; its hash tells.
update handoff.partner_events set body = null where event_key = 'one';
select is(
  test.send('hsi', 'enrollment.created', student_id, '{}', 'one'), 'duplicate:accepted:acknowledged', 'after the retention period a duplicate is one'
) from given;
select is(test.deliver_raw('hsi', '{', 'one'), 'conflict:key_reused', 'and a conflict is one') from given;

select * from finish();
rollback;
