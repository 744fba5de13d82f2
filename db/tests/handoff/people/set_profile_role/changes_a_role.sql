begin;
select plan(9);

create temporary table given as select test.student('john@test.example') as john, test.admin() as ada, test.enroll('cna', 'busy@test.example') as busy;
grant select on given to public;
select test.as_admin(ada) from given;
select throws_ok('select handoff.set_profile_role(ada, ''student'', ''leaves'') from given', 'TH409', null, 'the last admin stays one');
select is(handoff.set_profile_role(john, 'admin', 'joins the office'), 'admin', 'a student becomes an admin') from given;
select test.as_dba();
select handoff.request_sign_in('ada@test.example', sha256('token'));
select handoff.complete_sign_in(sha256('token'), sha256('session'));
select test.as_admin(john) from given;
select is(handoff.set_profile_role(ada, 'student', 'leaves'), 'student', 'now the other may leave') from given;
select is(handoff.set_profile_role(ada, 'student', 'leaves'), 'student', 'twice is once') from given;
select test.as_dba();
select is_empty('select from handoff.sessions', 'and is signed out at once');
select is((select count(*) from handoff.acts), 2::bigint, 'each change is written down once');
select throws_ok('select handoff.set_profile_role(john, ''owner'', ''x'') from given', 'TH400', null, 'an unknown role');
select throws_ok(
  'select handoff.set_profile_role(p.id, ''admin'', ''x'') from handoff.profiles as p where p.email = ''busy@test.example''', 'TH409', null, 'who is under way stays a student'
);
select test.as_admin(ada) from given;
select throws_ok('select handoff.set_profile_role(ada, ''admin'', ''x'') from given', 'TH403', null, 'nobody promotes himself');

select * from finish();
rollback;
