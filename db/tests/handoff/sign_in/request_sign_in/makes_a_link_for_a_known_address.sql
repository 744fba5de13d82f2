begin;
select plan(6);

select test.set_clock('2026-03-02 09:00:00+00');
create temporary table given as select test.student('john@test.example') as john;

select is(handoff.request_sign_in('  JOHN@test.example ', sha256('token')), true, 'a known address: true, the link is to be mailed');
select results_eq(
  $$select l.profile_id, l.created_at, l.expires_at, l.used_at from handoff.sign_in_links as l where l.token_hash = sha256('token')$$,
  $$select john, '2026-03-02 09:00:00+00'::timestamptz, '2026-03-02 09:15:00+00'::timestamptz, null::timestamptz from given$$,
  'the link is good for 15 minutes'
);
select is(handoff.request_sign_in('nobody@test.example', sha256('other')), false, 'an unknown address: false');
select is(handoff.request_sign_in(null, sha256('other')), false, 'no address: false');
select is_empty($$select from handoff.sign_in_links where token_hash = sha256('other')$$, 'and no link is made');
select is(
  test.refused_by($$select handoff.request_sign_in('john@test.example', sha256('token'))$$), '23505:sign_in_links_pkey',
  'a token is never used for two links'
);

select * from finish();
rollback;
