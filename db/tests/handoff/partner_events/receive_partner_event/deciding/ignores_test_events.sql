begin;
select plan(11);

insert into handoff.partner_event_types (partner_slug, event_type, meaning, item_field) values ('hsi', 'ping', 'test', 'course_id');
create temporary table given as select test.enroll('cna') as enrollment_id, test.student() as student_id;
create temporary table before as select test.picture(enrollment_id) as picture from given;

select is(test.deliver_raw('hsi', '{"event":"ping"}', 'ping'), 'ignored:test_event', 'without a student');
select is(test.deliver_raw('hsi', '{"event":"ping"}', 'ping'), 'duplicate:ignored:test_event', 'the same again');
select is(test.send('hsi', 'ping', student_id), 'ignored:test_event', 'with a student') from given;
select is(
  test.deliver_raw('hsi', '{"event":"ping","student_id":42,"enrollment_id":["x"],"course_id":{"a":1},"completed_at":"now"}'), 'ignored:test_event',
  'with sample values of any kind: only the event is read'
);
select is(
  test.send('certiport', 'ping', student_id), 'parked:unknown_event_type', 'a partner without this row doesn''t know it'
) from given;
select is(test.deliver_raw('hsi', '{"event":"Ping"}'), 'rejected:missing_field', 'an event is known by its exact name');
update handoff.partners set status = 'disabled' where slug = 'hsi';
select is(test.deliver_raw('hsi', '{"event":"ping","x":1}'), 'ignored:test_event', 'a disabled partner can test');
select is(test.picture(enrollment_id), before.picture, 'nothing changes') from given, before;
select is((select count(*) from handoff.partner_accounts), 0::bigint, 'no account is noted');
select is(
  (select count(*) from handoff.partner_events as e where e.reason = 'test_event' and e.student_id is null and e.external_student_id is null),
  4::bigint, 'each is kept, about nobody'
);
select is((select e.seen from handoff.partner_events as e where e.event_key = 'ping'), 2, 'the repeat was counted');

select * from finish();
rollback;
