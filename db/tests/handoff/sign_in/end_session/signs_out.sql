begin;
select plan(4);

select test.student('john@test.example');
select handoff.request_sign_in('john@test.example', sha256('token 1'));
select handoff.complete_sign_in(sha256('token 1'), sha256('laptop'));
select handoff.request_sign_in('john@test.example', sha256('token 2'));
select handoff.complete_sign_in(sha256('token 2'), sha256('phone'));

select lives_ok($$select handoff.end_session(sha256('laptop'))$$, 'signs out');
select is_empty($$select * from handoff.session_profile(sha256('laptop'))$$, 'this session is over');
select isnt_empty($$select * from handoff.session_profile(sha256('phone'))$$, 'another of the same person is not');
select lives_ok($$select handoff.end_session(sha256('laptop'))$$, 'a second time does no harm');

select * from finish();
rollback;
