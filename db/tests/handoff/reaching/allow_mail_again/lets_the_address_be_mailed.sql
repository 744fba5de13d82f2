begin;
select plan(10);
create temporary table given as select test.student() as john, test.student('jane@test.example') as jane, test.admin() as ada;
grant select on given to public;
select handoff.note_bounce(test.mailed(p.id), true, '5.1.1', array[p.email]) from given, handoff.profiles as p where p.id in (john, jane);

select test.as_admin(ada) from given;
select is(handoff.allow_mail_again(john, 'the mailbox was full'), true, 'it works again') from given;
select is(handoff.allow_mail_again(john, 'the mailbox was full'), false, 'twice is once') from given;
select is((select string_agg(s.address, ' ') from handoff.mail_suppressions as s), 'jane@test.example', 'this one alone');
select results_eq(
  'select a.profile_id, a.reason, a.actor_id from handoff.acts as a where a.act = ''mail_allowed''',
  'select john, ''the mailbox was full'', ada from given', 'by whom and why'
);
select throws_ok('select handoff.allow_mail_again(jane, '' '') from given', 'TH400', null, 'not without a reason');
select throws_ok('select handoff.allow_mail_again(gen_random_uuid(), ''why'')', 'TH404', null, 'nobody');
select test.as_admin(jane) from given;
select throws_ok('select handoff.allow_mail_again(jane, ''why'') from given', 'TH403', null, 'a student''s claims');
select test.as_student(jane) from given;
select throws_ok('select handoff.allow_mail_again(jane, ''why'') from given', '42501', null, 'a student''s role');
select test.as_dba();
-- It comes back once more.
select is(handoff.note_bounce(test.mailed(john), true, '5.1.1', '{john@test.example}'), 'suppressed', 'until one comes back') from given;
select is((select count(*) from handoff.mail_suppressions as s), 2::bigint, 'then it is suppressed anew');
select * from finish();
rollback;
