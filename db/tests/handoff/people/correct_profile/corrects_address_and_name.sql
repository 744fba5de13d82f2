begin;
select plan(12);

create temporary table given as select test.student('john@test.example') as john, test.student('jane@test.example') as jane, test.admin() as ada;
select handoff.request_sign_in('john@test.example', sha256('token')), handoff.request_sign_in('jane@test.example', sha256('her token'));
select handoff.complete_sign_in(sha256('token'), sha256('session'));
select handoff.request_sign_in('john@test.example', sha256('other'));

select is(handoff.correct_profile(john, null, ' Jon Student ', 'misspelt'), john, 'the person') from given;
select results_eq(
  'select p.email, p.full_name from handoff.profiles as p, given where p.id = john', $$values ('john@test.example', 'Jon Student')$$, 'null keeps the address'
);
select isnt_empty('select from handoff.sessions', 'a name ends no session');
select is(handoff.correct_profile(john, 'Jon@Test.example', null, 'mistyped'), john, 'another address') from given;
select is_empty('select l.profile_id from handoff.sign_in_links as l, given where l.profile_id = john', 'ends every link of the person');
select is_empty('select from handoff.sessions', 'and every session');
select isnt_empty($$select * from handoff.complete_sign_in(sha256('her token'), sha256('hers'))$$, 'of nobody else');
select lives_ok('select handoff.correct_profile(john, ''jon@test.example'', null, ''again'') from given', 'a second time changes nothing');
select results_eq(
  'select c.act, c.reason from handoff.acts as c order by c.id', $$values ('corrected', 'misspelt'), ('corrected', 'mistyped')$$, 'who did it and why is kept'
);
select throws_ok('select handoff.correct_profile(john, ''JANE@test.example'', null, ''x'') from given', 'TH409', null, 'another person''s address');
select throws_ok('select handoff.correct_profile(john, ''a,b@test.example'', null, ''x'') from given', 'TH400', null, 'no address');
select throws_ok('select handoff.correct_profile(gen_random_uuid(), null, ''X'', ''x'')', 'TH404', null, 'nobody');

select * from finish();
rollback;
