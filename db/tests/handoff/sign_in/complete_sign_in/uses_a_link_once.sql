begin;
select plan(6);

select test.set_clock('2026-03-02 09:00:00+00');
create temporary table given as select test.student('john@test.example') as john;
select handoff.request_sign_in('john@test.example', sha256('token'));
select test.travel('1 minute');

select results_eq(
  $$select * from handoff.complete_sign_in(sha256('token'), sha256('session'))$$, $$select john, 'student' from given$$,
  'who is signed in, and the role'
);
select results_eq(
  $$select s.profile_id, s.created_at, s.expires_at from handoff.sessions as s where s.session_hash = sha256('session')$$,
  $$select john, '2026-03-02 09:01:00+00'::timestamptz, '2026-03-02 21:01:00+00'::timestamptz from given$$,
  'a session of 12 hours'
);
select is_empty($$select * from handoff.complete_sign_in(sha256('token'), sha256('other'))$$, 'once: a used link is no link');
select is_empty($$select from handoff.sessions where session_hash = sha256('other')$$, 'and opens no session');
select is_empty($$select * from handoff.complete_sign_in(sha256('unknown'), sha256('other'))$$, 'an unknown link is no link');
select is_empty($$select * from handoff.complete_sign_in(null, sha256('other'))$$, 'nor is none at all');

select * from finish();
rollback;
