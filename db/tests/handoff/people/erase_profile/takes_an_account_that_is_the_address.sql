begin;
select plan(6);

create temporary table given as
select
  handoff.create_profile('jose.garcia@test.example', 'José García') as jose,
  test.enroll('medical-assistant', 'jose.garcia@test.example') as joses;
select is(test.send('hsi', 'course.completed', null, '{"student_id": "Jose.Garcia@test.example"}', 'a'), 'parked:unknown_student', 'a partner has the address for an id');
select is(test.send('hsi', 'course.completed', null, '{"student_id": "ana.jose.garcia@test.example"}', 'b'), 'parked:unknown_student', 'and another''s address');
select handoff.erase_profile(jose, 'asked for it') from given;
select is(
  (select string_agg(a.external_student_id, ' ') from handoff.partner_accounts as a where a.external_student_id ~ '@'),
  'ana.jose.garcia@test.example', 'the account is gone as one that was linked'
);
select is((select count(*) from handoff.partner_events as e where e.external_student_id like 'erased:%'), 1::bigint, 'from its event, too');
select is(test.send('hsi', 'course.completed', null, '{"student_id": "Jose.Garcia@test.example", "n": 2}', 'c'), 'accepted:completed', 'a later event is known by it');
select is((select count(*) from handoff.partner_events as e where e.body is not null), 1::bigint, 'another''s event keeps its body');

select * from finish();
rollback;
