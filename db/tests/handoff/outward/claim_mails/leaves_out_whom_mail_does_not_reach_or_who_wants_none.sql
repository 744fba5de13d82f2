begin;
select plan(12);
select test.set_clock('2026-01-05 09:00+00');
create temporary table given as select test.student() as john, test.admin() as ada;
create function pg_temp.queue(p_kind text, p_person uuid) returns text language sql as $$
  select handoff_private.queue_mail(p_kind, p_person, p_kind || ':' || gen_random_uuid());
  select test.send_mails();
$$;
create function pg_temp.ended(p_kind text) returns text language sql as $$
  select o.status || coalesce(': ' || o.detail, '') from handoff.outbox as o where o.kind = p_kind order by o.made_at desc, o.message_id limit 1
$$;
select is(pg_temp.queue('digest', ada), 'digest', 'an admin is mailed') from given;
select is((select o.mailed_to from handoff.outbox as o where o.kind = 'digest'), 'ada@test.example', 'at this address');

-- It comes back.
select handoff.note_bounce(o.message_id, true, '5.1.1', array[o.mailed_to]) from handoff.outbox as o where o.kind = 'digest';
select test.travel('1 day');
select is(pg_temp.queue('digest', ada), '', 'then no more') from given;
select is(pg_temp.ended('digest'), 'cancelled: a mail to this address came back', 'and it says why');
select handoff.mail_sign_in_link('ada@test.example', gen_random_uuid(), sha256('token'), null);
select is((select c.kind || ' ' || c.address from handoff.claim_mails(9, 9, '1 minute') as c), 'sign_in_link ada@test.example', 'a link to sign in is sent all the same');
select test.travel('1 day');
select handoff.correct_profile(ada, 'ada.lovelace@test.example', null, 'misspelt') from given;
select is(pg_temp.queue('digest', ada), 'digest', 'another address is mailed') from given;
select test.travel('1 day');
select handoff.correct_profile(ada, 'ada@test.example', null, 'it was right') from given;
select is(pg_temp.queue('digest', ada), '', 'the first one still is not') from given;
select test.travel('1 day');
select handoff.allow_mail_again(ada, 'it works') from given;
select is(pg_temp.queue('digest', ada), 'digest', 'until an admin says that it works') from given;

-- Who wants none.
select handoff.stop_mail(o.message_id) from handoff.outbox as o where o.kind = 'digest' order by o.made_at desc limit 1;
select test.travel('1 day');
select is(pg_temp.queue('digest', ada), '', 'who wants no digests gets none') from given;
select is(pg_temp.ended('digest'), 'cancelled: the person wants no more of this kind', 'and it says why');
select is(pg_temp.queue('alert', ada), 'alert', 'other mails come') from given;
select handoff.resume_mail(o.message_id) from handoff.outbox as o where o.kind = 'digest' order by o.made_at desc limit 1;
select test.travel('1 day');
select is(pg_temp.queue('digest', ada), 'digest', 'as digests do again') from given;
select * from finish();
rollback;
