begin;
select plan(8);
select test.set_clock('2026-01-05 09:00+00');
create temporary table given as
select test.student() as john, test.student('jane@test.example') as jane, test.student('joan@test.example') as joan, test.admin() as ada;
grant select on given to public;
select handoff.note_bounce(test.mailed(john), true, '5.1.1', '{john@test.example}') from given;
select test.travel('1 hour');
select handoff.note_bounce(test.mailed(jane, 'reminder'), true, '5.1.10', '{jane@test.example}') from given;
select test.travel('1 hour');
select handoff.note_bounce(test.mailed(joan), false, '5.7.1', '{joan@test.example}') from given;

select test.as_admin(ada) from given;
select results_eq(
  'select u.full_name, u.email, u.role, u.since, u.status, u.kind from handoff.unreachable_people() as u',
  $$values ('Jane Student', 'jane@test.example', 'student', timestamptz '2026-01-05 10:00+00', '5.1.10', 'reminder'),
    ('John Student', 'john@test.example', 'student', '2026-01-05 09:00+00', '5.1.1', 'digest')$$, 'newest first'
);
create temporary table page as select * from handoff.unreachable_people(p_limit => 1);
select is((select p.profile_id from page as p), jane, 'a page at a time') from given;
select is((select u.profile_id from page as p, handoff.unreachable_people(p.since, p.message_id, 1) as u), john, 'and the next') from given;
select is_empty('select from page as p, handoff.unreachable_people(p.since - interval ''1 hour'', p.message_id) as u where u.since >= p.since', 'nobody twice');
select handoff.correct_profile(jane, 'jane.doe@test.example', null, 'misspelt') from given;
select is((select string_agg(u.full_name, ' ') from handoff.unreachable_people() as u), 'John Student', 'another address is another one');
select handoff.disable_profile(john, 'left') from given;
select is_empty('select from handoff.unreachable_people()', 'who has no access needs no mail');
select handoff.enable_profile(john, 'back') from given;
select test.as_admin(john) from given;
select is_empty('select from handoff.unreachable_people()', 'the role alone reads nothing');
select test.as_student(john) from given;
select throws_ok('select from handoff.unreachable_people()', '42501', null, 'nor does a student');
select * from finish();
rollback;
