begin;
select plan(10);

select test.set_clock('2026-03-02 09:00:00+00');
create temporary table given as select test.student('john@test.example') as john;
grant select on given to public;
select handoff.request_sign_in('john@test.example', sha256(convert_to('mailed ' || n, 'UTF8'))) from generate_series(1, 5) as n;

select test.act('handoff_owner');
select is(
  handoff_private.make_sign_in_link(' JOHN@test.example ', sha256('token'), 'has no mail yet'), 'john@test.example',
  'the person''s address, also where no more is mailed'
);
select results_eq(
  $$select l.profile_id, l.expires_at, l.used_at from handoff.sign_in_links as l where l.token_hash = sha256('token')$$,
  $$select john, '2026-03-02 09:15:00+00'::timestamptz, null::timestamptz from given$$, 'good for 15 minutes'
);
select results_eq(
  'select a.act, a.reason, a.profile_id, a.actor_role, a.actor_id from handoff.acts as a',
  $$select 'sign_in_link_made', 'has no mail yet', john, 'handoff_owner', null::uuid from given$$, 'written down with its reason'
);
select results_eq(
  $$select * from handoff.complete_sign_in(sha256('token'), sha256('session'))$$, $$select john, 'student' from given$$, 'signs in'
);
select is_empty($$select * from handoff.complete_sign_in(sha256('token'), sha256('other'))$$, 'once');

prepare make(text, text) as select handoff_private.make_sign_in_link($1, sha256('x'), $2);
select throws_ok($$execute make('nobody@test.example', 'x')$$, 'TH404', null, 'nobody');
select throws_ok($$execute make('john@test.example', ' ')$$, 'TH400', null, 'no reason');
select handoff.disable_profile(john, 'has left') from given;
select throws_ok($$execute make('john@test.example', 'x')$$, 'TH409', null, 'no access');
select is_empty('select from handoff.sign_in_links', 'a refusal makes no link');
select is((select count(*) from handoff.acts as a where a.act = 'sign_in_link_made'), 1::bigint, 'and writes nothing down');

select * from finish();
rollback;
