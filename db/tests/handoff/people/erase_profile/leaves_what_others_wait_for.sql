begin;
select plan(19);

-- Another's completion waits for a link, for an approval of a person, or is a conflict; somebody else is forgotten.
create temporary table given as
select
  handoff.create_profile('js1@test.example', 'John Smith') as gone, handoff.create_profile('js2@test.example', 'John Smith') as namesake,
  handoff.create_profile('bea@test.example', 'Bea Other') as bea;
alter table given add column beas uuid, add column namesakes uuid;
update given set beas = handoff.enroll_student(bea, 'medical-assistant'), namesakes = handoff.enroll_student(namesake, 'medical-assistant');
select handoff.mark_step_complete(test.step(beas, n)) from given, generate_series(1, 2) as n;
select handoff.link_partner_account('hsi', '1001', gone), handoff.link_partner_account('hsi', '2002', gone) from given;
select handoff.link_partner_account('hsi', 'HS-bea', bea), handoff.link_partner_account('careersafe', '2002', bea) from given;

select is(test.send('careersafe', 'training.completed', null, '{"student_id": "1001", "training_id": "osha"}', 'a'), 'parked:unknown_student', 'the same id at another partner');
select is(test.send('careersafe', 'certificate.issued', null, '{"student_id": "2002"}', 'b'), 'accepted:evidence', 'one that is linked');
select is(test.send('careersafe', 'certificate.issued', null, '{"student_id": "2002", "n": 2}', 'b'), 'conflict:key_reused', 'with a conflict');
select is(
  test.send('hsi', 'course.completed', null, '{"student_id": "HS-99", "student_name": "John Smith", "student_email": "js2@test.example"}', 'c'),
  'parked:unknown_student', 'a namesake who is here'
);
select is(test.send('hsi', 'course.completed', null, '{"student_id": "HS-98", "student_name": "John Smith"}', 'd'), 'parked:unknown_student', 'or who may be one');
select is(
  test.send('hsi', 'certificate.issued', null, '{"student_id": "HS-bea", "instructor": "John Smith", "cc": "js1@test.example", "n": "9-js1@test.example"}', 'js-e'),
  'accepted:evidence', 'an event of somebody else that names the person'
);
select is(test.send('hsi', 'certificate.issued', namesake, '{"student_name": "John Smith"}', 'f'), 'accepted:evidence', 'an event of the namesake') from given;
select is(test.send('hsi', 'certificate.issued', bea, '{"x": "js1@test.example.org 21001 A-1001 1001.5"}', 'g'), 'accepted:evidence', 'what only looks like it') from given;
select is(test.send('hsi', 'course.completed', bea, '{"course_id": "1001"}', 'h'), 'ignored:already_completed', 'a course with the id of the account') from given;

select handoff.receive_partner_event('hsi', 'g', convert_to('{"cc": "js1@test.example"}', 'UTF8'), 'webhook', '{"secret": "own", "file": "one"}');
select test.send('hsi', 'certificate.issued', null, '{"student_id": "1001"}', 'own');
select handoff.receive_partner_event('hsi', 'own', convert_to('{"n": 2}', 'UTF8'), 'webhook', '{"secret": "own", "file": "one"}');
select handoff.erase_profile(gone, 'asked for it') from given;

select is(
  (select string_agg(e.event_key, ' ' order by e.event_key) from handoff.partner_events as e where e.body is not null),
  'a b c f g h', 'only a body that names the person is gone'
);
select is((select count(*) from handoff.partner_event_conflicts as c where c.body is not null), 1::bigint, 'the conflict is there');
select set_eq(
  $$select e.external_student_id from handoff.partner_events as e where e.external_student_id not like 'erased:%'$$,
  $$select unnest(array['1001', '2002', 'HS-99', 'HS-98', 'HS-bea']) union select bea::text from given union select namesake::text from given$$,
  'accounts of others are as they were'
);
select is((select e.event_key from handoff.partner_events as e where e.event_key like 'js-e'), 'js-e', 'and so are their keys');

select set_eq(
  $$select e.event_key, c.context from handoff.partner_event_conflicts as c join handoff.partner_events as e on e.receipt = c.receipt where c.context <> '{}'$$,
  $$values ('g', '{"secret": "own", "file": "one"}'::jsonb), ('own', '{"secret": "own"}')$$,
  'who sent a conflict is the person''s own where the event is'
);
select is((select count(*) from handoff.partner_events as e where e.external_student_id like 'erased:%'), 1::bigint, 'the person''s event has no account');

-- All of it can still be done.
select is(handoff.link_partner_account('careersafe', '1001', bea), 1, 'the one of the same id applies') from given;
select is(test.status(beas), 'completed', 'and is worth a certificate') from given;
select is(handoff.link_partner_account('hsi', 'HS-98', namesake), 1, 'a completion without its body, too') from given;
select is(test.steps(namesakes), 'hsi:completed certiport:in_progress careersafe:pending', 'the namesake moves on') from given;

select * from finish();
rollback;
