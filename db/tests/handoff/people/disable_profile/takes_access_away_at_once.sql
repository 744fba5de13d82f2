begin;
select plan(17);

create temporary table given as select test.student('john@test.example') as john, test.enroll() as johns, test.admin() as ada, test.admin('eve@test.example') as eve;
grant select on given to public;
select handoff.request_sign_in('john@test.example', sha256('token'));
select handoff.complete_sign_in(sha256('token'), sha256('session'));
select handoff.request_sign_in('john@test.example', sha256('link'));

select is(handoff.disable_profile(john, 'stolen laptop'), 'disabled', 'disabled') from given;
select is_empty($$select * from handoff.session_profile(sha256('session'))$$, 'the session is over');
select is_empty('select from handoff.sessions union all select from handoff.sign_in_links', 'and no row of it is left');
select is(handoff.begin_sign_in('john@test.example', sha256('again')), null, 'no link is mailed');
select is(handoff.disable_profile(john, 'stolen laptop'), 'disabled', 'twice is once') from given;
select test.as_student(john) from given;
select is(handoff.caller_id(), null, 'claims that come another way are nobody''s');
select is_empty('select from handoff.enrollments', 'so there is nothing to read');
select test.as_dba();
select is(test.send('hsi', 'course.completed', john), 'accepted:completed', 'events still apply') from given;
select is(handoff.enable_profile(john, 'found'), 'active', 'enabled') from given;
select is(handoff.begin_sign_in('john@test.example', sha256('again')), 'john@test.example', 'and can sign in');
select results_eq('select c.act from handoff.acts as c order by c.id', $$values ('disabled'), ('enabled')$$, 'each is written down once');

select is(handoff.disable_profile(eve, 'left'), 'disabled', 'an admin who left') from given;
select test.as_admin(eve) from given;
select throws_ok('select handoff.disable_profile(john, ''x'') from given', 'TH403', null, 'is no admin any more');
select test.as_admin(ada) from given;
select throws_ok('select handoff.disable_profile(ada, ''x'') from given', 'TH409', null, 'the last admin stays');
select throws_ok('select handoff.disable_profile(john, '' '') from given', 'TH400', null, 'a reason is needed');
select throws_ok('select handoff.disable_profile(gen_random_uuid(), ''x'')', 'TH404', null, 'nobody');
select is(handoff.disable_profile(eve, 'x'), 'disabled', 'one who has no access is not the last one') from given;

select * from finish();
rollback;
