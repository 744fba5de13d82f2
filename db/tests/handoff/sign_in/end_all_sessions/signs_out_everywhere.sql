begin;
select plan(4);

select test.student('john@test.example'), test.student('jane@test.example');
select handoff.request_sign_in('john@test.example', sha256('1'));
select handoff.complete_sign_in(sha256('1'), sha256('laptop'));
select handoff.request_sign_in('john@test.example', sha256('2'));
select handoff.complete_sign_in(sha256('2'), sha256('phone'));
select handoff.request_sign_in('jane@test.example', sha256('3'));
select handoff.complete_sign_in(sha256('3'), sha256('hers'));
select handoff.request_sign_in('john@test.example', sha256('4'));
select lives_ok($$select handoff.end_all_sessions(sha256('phone'))$$, 'signs out everywhere');
select is_empty(
  $$select from handoff.session_profile(sha256('laptop')) union all select from handoff.complete_sign_in(sha256('4'), sha256('thief'))$$,
  'no session and no link is left'
);
select isnt_empty($$select from handoff.session_profile(sha256('hers'))$$, 'but another person''s');
select lives_ok($$select handoff.end_all_sessions(sha256('phone'))$$, 'a second time does no harm');

select * from finish();
rollback;
