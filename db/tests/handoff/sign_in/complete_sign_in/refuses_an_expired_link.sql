begin;
select plan(4);

select test.set_clock('2026-03-02 09:00:00+00');
select test.student('john@test.example');
select handoff.request_sign_in('john@test.example', sha256(convert_to(t.token, 'UTF8'))) from (values ('in time'), ('too late')) as t (token);

select test.travel('14 minutes 59 seconds');
select isnt_empty($$select * from handoff.complete_sign_in(sha256('in time'), sha256('session'))$$, 'within 15 minutes it signs in');
select test.travel('1 second');
select is_empty($$select * from handoff.complete_sign_in(sha256('too late'), sha256('other'))$$, 'after 15 minutes it has expired');
select is_empty($$select from handoff.sessions where session_hash = sha256('other')$$, 'and opens no session');
select test.set_clock('2026-03-02 08:00:00+00');
select is_empty(
  $$select * from handoff.complete_sign_in(sha256('too late'), sha256('other'))$$, 'a clock that steps back makes no link good'
);

select * from finish();
rollback;
