begin;
select plan(4);

select test.student('john@test.example');
select handoff.request_sign_in('john@test.example', sha256('token'));

select is(
  test.refused_by($$select handoff.complete_sign_in(sha256('token'), '\x00')$$), '23514:sessions_hash_size', 'a session''s digest is an SHA-256'
);
select throws_ok($$select handoff.complete_sign_in(sha256('token'), null)$$, '23502', null, 'and not null');
select is(
  (select l.used_at from handoff.sign_in_links as l where l.token_hash = sha256('token')), null, 'the link is still unused'
);
select isnt_empty($$select * from handoff.complete_sign_in(sha256('token'), sha256('session'))$$, 'and signs in');

select * from finish();
rollback;
