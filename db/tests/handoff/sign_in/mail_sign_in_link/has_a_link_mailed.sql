begin;
select plan(13);
select test.set_clock('2026-01-05 09:00+00');
select handoff.create_profile('emile@test.example', 'Emile');
create temporary table ids as select n, gen_random_uuid() as id from generate_series(1, 6) as n;
select handoff.mail_sign_in_link('  EMILE@test.example ', id, sha256(id::text::bytea), '/student/progress') from ids where n = 1;
select results_eq(
  $$select o.kind, o.key, o.facts, o.expires_at - o.made_at from handoff.outbox as o$$,
  $$select 'sign_in_link', 'sign_in_link:' || id, jsonb_build_object('link', id, 'next', '/student/progress'), interval '15 minutes'
    from ids where n = 1$$,
  'a mail that is worth as long as the link'
);
select is((select l.link_id from handoff.sign_in_links as l), id, 'the link has the id') from ids where n = 1;
select handoff.mail_sign_in_link('nobody@test.example', gen_random_uuid(), sha256('x'));
select handoff.mail_sign_in_link(null, gen_random_uuid(), sha256('x'));
select is((select count(*) from handoff.outbox), 1::bigint, 'nobody is mailed who is not known');
select handoff.mail_sign_in_link('emile@test.example', id, sha256(id::text::bytea)) from ids where n > 1;
select is((select count(*) from handoff.outbox), 5::bigint, 'no sixth while five can be used');
select is((select count(*) from handoff.outbox as o where o.facts ? 'next'), 1::bigint, 'without a page to go to there is none');
select handoff_private.queue_mail('alert', test.admin(), 'alert:1');
select is((select c.kind from handoff.claim_mails(1, 1, '3 minutes') as c limit 1), 'sign_in_link', 'links go first');
select handoff.complete_sign_in(sha256(id::text::bytea), sha256('session')) from ids where n = 2;
select test.travel('3 minutes');
select is((select count(*) from handoff.claim_mails(0, 9, '3 minutes')), 0::bigint, 'links that were used up are not mailed');
select is((select string_agg(distinct o.detail, '') from handoff.outbox as o where o.kind = 'sign_in_link'), 'the link can''t be used any more', 'and why');
select is((select count(*) from handoff.outbox as o where o.status = 'cancelled'), 5::bigint, 'all five') ;
delete from handoff.sign_in_links;
select lives_ok(
  $$insert into handoff.sign_in_links (token_hash, profile_id, created_at, expires_at)
    select sha256('old'), p.id, now(), now() + interval '15 minutes' from handoff.profiles as p where p.role = 'student'$$,
  'a link can be made as before'
);
select test.act('handoff_public');
select lives_ok($$select handoff.mail_sign_in_link('emile@test.example', gen_random_uuid(), sha256('new'))$$, 'a visitor asks');
select throws_ok('select from handoff.outbox', '42501', null, 'and sees nothing of it');
select throws_ok($$select handoff.claim_mails(1, 1, '1 minute')$$, '42501', null, 'nor can claim it');
select test.as_dba();
select * from finish();
rollback;
