begin;
select plan(33);
set local client_min_messages = warning;

create temporary table given as
select
  handoff.create_profile('jose.garcia@test.example', 'José García') as jose, test.student() as john, test.admin() as ada;
alter table given add column johns uuid;
update given set johns = handoff.enroll_student(john, 'medical-assistant');
select handoff.link_partner_account('hsi', 'JG-4711', jose), handoff.link_partner_account('hsi', '77', jose) from given;

-- Bodies that nobody could attribute, and bodies of somebody else's events.
create temporary table body as
select b.key, b.body
from (values
  ('capitals', convert_to('{"x": "JOSÉ GARCÍA"', 'UTF8')),
  ('decomposed', convert_to(normalize('{"x": "José García"', NFD), 'UTF8')),
  ('turned round', convert_to('{"x": "García, José"}', 'UTF8')),
  ('two fields', convert_to('{"first": "José", "id": 7, "last": "García"}', 'UTF8')),
  ('escaped', convert_to('{"x": "Jos\u00e9 Garc\u00EDa", }', 'UTF8')),
  ('escaped twice', convert_to('{"x": "{\"y\": \"Jos\\u00e9 Garc\\u00eda\"}"}', 'UTF8')),
  ('no break', convert_to('x José' || chr(160) || 'García', 'UTF8')),
  ('an address', convert_to('{"x": "mailto:JOSE.GARCIA@test.example"', 'UTF8')),
  ('a form', convert_to('first=Jos%C3%A9&last=Garc%C3%ADa', 'UTF8')),
  ('an address in a form', convert_to('mail=jose.garcia%40test.example&n=1', 'UTF8')),
  ('latin', convert_to('{"x": "José García"}', 'LATIN1')),
  ('damaged', convert_to('{"x": "José García', 'UTF8') || '\xff'),
  ('utf-16', '\xfffe'::bytea || (
    select string_agg(set_byte(set_byte('\x0000', 0, ascii(s.sign) % 256), 1, ascii(s.sign) / 256), '' order by s.place)
    from regexp_split_to_table('<x>José García</x>', '') with ordinality as s (sign, place)
  )),
  ('utf-16 of big ends', (
    select string_agg(set_byte(set_byte('\x0000', 1, ascii(s.sign) % 256), 0, ascii(s.sign) / 256), '' order by s.place)
    from regexp_split_to_table('<x>jose.garcia@test.example</x>', '') with ordinality as s (sign, place)
  )),
  ('an account in a form', convert_to('event=x&student_id=JG-4711', 'UTF8')),
  ('an account in XML', convert_to('<student_id>JG-4711</student_id>', 'UTF8')),
  ('a short account', convert_to('{"student_id": 77,}', 'UTF8')),
  ('an account with a space', convert_to('{"event": "course.completed", "student_id": " JG-4711"}', 'UTF8')),
  ('an account elsewhere', convert_to('{"event": "course.completed", "student_id": "other", "x": "JG-4711"}', 'UTF8'))
) as b (key, body);
select test.deliver_raw('hsi', b.body, b.key) from body as b;
select handoff.link_partner_account('milady', 'M-1', john) from given;
select test.send('milady', 'certificate.issued', null, '{"student_id": "M-1", "instructor": "José García"}', 'of another');
select test.deliver_raw('hsi', '{"student_id": 177, "x": 77}', 'nothing of the person');
-- The retention had its turn.
select test.deliver_raw('hsi', '{"student_id": "JG-4711",', 'JG-4711-evt-3');
update handoff.partner_events set body = null where event_key = 'JG-4711-evt-3';

-- What people wrote, and who handed in what.
create temporary table reason as
select r.reason, row_number() over () as place
from (values
  (normalize('José García', NFD) || ' asked'), ('José' || chr(160) || 'García'), ('José  ' || chr(8203) || 'García'), ('García, José'),
  ('JOSE GARCIA'), ('see JG-4711.'), ('with “José García”'), ('as José García–Student')
) as r (reason);
select handoff.hold_enrollment(johns, r.reason), handoff.resume_enrollment(johns, r.reason) from given, reason as r;
select handoff.correct_profile(john, null, 'John ' || r.place, r.reason) from given, reason as r;
select handoff.receive_partner_event('milady', 'by hand', convert_to('{"event": "certificate.issued", "student_id": "M-1"}', 'UTF8'), 'webhook', '{"secret": "own", "file": "José García.pdf"}');
-- Who is named by a word or a longer account alone is somebody else.
select handoff.hold_enrollment(johns, 'José has a day off, JG-47110') from given;

select is((select count(*) from handoff.partner_events as e where e.body is not null), 22::bigint, 'before, every body is there');
select handoff.erase_profile(jose, 'asked for it') from given;

select is(e.body, null, b.key) from body as b left join handoff.partner_events as e on e.event_key = b.key;
select is((select e.body from handoff.partner_events as e where e.event_key = 'of another'), null, 'of another''s event');
select is(
  (select string_agg(e.event_key, ', ' order by e.event_key) from handoff.partner_events as e where e.body is not null),
  'by hand, nothing of the person', 'other bodies are there'
);
select is_empty($$select from handoff.partner_events where event_key like 'JG%'$$, 'a key goes where nothing else tells');
select is((select e.context from handoff.partner_events as e where e.event_key = 'by hand'), '{"secret": "own"}', 'of a context the secret stays');
select is((select count(*) from handoff.step_transitions as t where t.reason = '(erased)'), 16::bigint, 'reasons of another''s enrollment');
select is((select count(*) from handoff.acts as a where a.reason = '(erased)' and a.act = 'corrected'), 8::bigint, 'and of what was done to another');
select is(
  (select t.reason from handoff.step_transitions as t where t.reason is not null and t.reason <> '(erased)'),
  'José has a day off, JG-47110', 'what names somebody else stays'
);
select is(test.found(w.word), '', w.word || ' is in no column of no table') from (values ('José G'), ('JG-4711 '), ('"JG-4711"'), ('garcia@'), ('JG-4711-')) as w (word);
select is(handoff.profile_data(john) @> '{"partner_events": [{"event_type": "certificate.issued"}]}', true, 'what was read of another''s event stays') from given;

select * from finish();
rollback;
