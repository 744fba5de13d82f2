begin;
select plan(28);

create temporary table given as
select handoff.create_profile('jose.garcia@test.example', 'José García') as jose, test.student() as john,
  test.enroll('medical-assistant', 'jose.garcia@test.example') as joses, test.enroll('medical-assistant') as johns;
select handoff.link_partner_account('hsi', 'JG-4711', jose), handoff.link_partner_account('hsi', '77', jose), handoff.link_partner_account('careersafe', 'JG-4711', john) from given;
select is(test.send('hsi', 'certificate.issued', null, '{"student_id": "JG-4711"}', 'JG-4711-evt-1'), 'accepted:evidence', 'before');
create temporary table unkeyed as
select b.body, encode(sha256(b.body), 'hex') as key from (values ('{"event": "course.completed", "student_id": "JG-4711"}'::bytea)) as b (body);
select is(test.deliver_raw('hsi', u.body, u.key), 'accepted:completed', 'under the hash of its body') from unkeyed as u;
select is(test.send('hsi', 'about JG-4711', null, '{"student_id": "JG-4711"}', 'of a kind'), 'parked:unknown_event_type', 'of a kind that names it');
select is(test.send('hsi', 'course.completed', null, '{"student_id": "JG-4711", "course_id": "cpr"}', 'of a course'), 'ignored:already_completed', 'of a course');
select handoff.erase_profile(jose, 'asked for it') from given;

select is(test.send('hsi', 'certificate.issued', null, '{"student_id": "JG-4711"}', 'JG-4711-evt-1'), 'duplicate:accepted:evidence', 'a key that was hashed is known');
select is(test.send('hsi', 'certificate.issued', null, '{"student_id": "JG-4711", "n": 2}', 'JG-4711-evt-1'), 'conflict:key_reused', 'for a conflict, too');
select is(test.send('hsi', 'course.completed', null, '{"student_id": "JG-4711", "course_id": "JG-4711"}', 'JG-4711-evt-9'), 'ignored:already_completed', 'a later event is known');
select is(test.send('hsi', 'course.completed', null, '{"student_id": "JG-4711", "course_id": "JG-4711"}', 'JG-4711-evt-9'), 'duplicate:ignored:already_completed', 'and known again');
select handoff.reopen_step(test.step(joses, 1), 'once more') from given;
select is(test.deliver_raw('hsi', u.body, u.key), 'parked:possible_repeat', 'and so is a body that could be a new completion') from unkeyed as u;
select is((select count(distinct e.external_student_id) from handoff.partner_events as e), 1::bigint, 'all by one hash');
select is(test.send('hsi', 'course.completed', null, '{"student_id": "JG-4711", "n": 3}', 'anew'), 'accepted:completed', 'a new completion moves on');
select is(test.deliver_raw('hsi', t.body::bytea, t.key), t.outcome, t.key)
from (values
  ('a space', '{"event": "course.completed", "student_id": " JG-4711"}', 'rejected:bad_field'),
  ('twice JG-4711', '{"event": "course.completed", "student_id": "JG-4711", "student_id": "x"}', 'rejected:duplicate_key'),
  ('broken', '{"event": "course.completed", "student_id": "JG-4711",', 'rejected:bad_json'),
  ('short and broken', '{"event": "course.completed", "student_id": 77,', 'rejected:bad_json'),
  ('a list', '[{"event": "course.completed", "student_id": "JG-4711"}]', 'rejected:not_an_object'),
  ('XML', '<student_id>JG-4711</student_id>', 'rejected:bad_json'),
  ('elsewhere', '{"event": "course.completed", "student_id": "other", "cc": "JG-4711"}', 'parked:unknown_student')
) as t (key, body, outcome);
select is_empty('select from handoff.partner_events as e where e.body is not null union all select from handoff.partner_event_conflicts as c where c.body is not null', 'no body is kept');
select is(
  (select count(*) from handoff.partner_events as e where e.partner_slug = 'hsi' and (e.event_key || e.external_student_id || coalesce(e.item_ref, '')) ~ 'JG'),
  0::bigint, 'nor the account anywhere'
);
select is((select e.event_type is null from handoff.partner_events as e where e.event_key = 'of a kind'), true, 'nor in what it was called');
select is((select e.item_ref from handoff.partner_events as e where e.event_key = 'of a course'), 'cpr', 'but the course stays');
select is((select e.external_student_id from handoff.partner_events as e where e.event_key = 'elsewhere'), 'other', 'another''s account stays');

-- Elsewhere the same id is somebody else's.
select is(test.send('careersafe', 'certificate.issued', null, '{"student_id": "JG-4711"}', 'JG-4711-x'), 'accepted:evidence', 'another partner''s');
select is(test.deliver_raw('careersafe', '{"student_id": "JG-4711",', 'JG-4711-y'), 'rejected:bad_json', 'and a broken one');
select is(test.send('hsi', 'certificate.issued', john, '{"x": "JG-4711"}', 'z'), 'accepted:evidence', 'an event of who is there') from given;
select is(test.deliver_raw('hsi', '{"student_id": "JG-47110", "x": 77', 'zz'), 'rejected:bad_json', 'what only looks like it');
select is((select count(*) from handoff.partner_events as e where e.body is not null), 4::bigint, 'keep their bodies');

select * from finish();
rollback;
