begin;
select plan(8);

select test.set_clock('2026-03-02 09:00:00+00');
create temporary table given as select test.student('john@test.example') as john;
select handoff.request_sign_in('john@test.example', sha256('token'));
select handoff.complete_sign_in(sha256('token'), sha256('session'));

select results_eq(
  $$select * from handoff.session_profile(sha256('session'))$$,
  $$select john, 'student', 'John Student', 'john@test.example' from given$$,
  'profile_id, role, full_name, email'
);
select is_empty($$select * from handoff.session_profile(sha256('token'))$$, 'the link''s token is no session');
select is_empty($$select * from handoff.session_profile(sha256('unknown'))$$, 'an unknown session is nobody');
select is_empty('select * from handoff.session_profile(null)', 'nor is none at all');

update handoff.profiles set role = 'admin' where id = (select john from given);
select is((select p.role from handoff.session_profile(sha256('session')) as p), 'admin', 'the role is the one of now');

select test.travel('11 hours 59 minutes 59 seconds');
select isnt_empty($$select * from handoff.session_profile(sha256('session'))$$, 'for 12 hours');
select test.travel('1 second');
select is_empty($$select * from handoff.session_profile(sha256('session'))$$, 'then it is over');

select handoff.request_sign_in('john@test.example', sha256('token 2'));
select handoff.complete_sign_in(sha256('token 2'), sha256('session 2'));
select is_empty($$select from handoff.sessions where session_hash = sha256('session')$$, 'and removed at the next sign-in');

select * from finish();
rollback;
