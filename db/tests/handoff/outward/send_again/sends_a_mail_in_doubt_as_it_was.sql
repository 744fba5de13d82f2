begin;
select plan(4);
select test.set_clock('2026-01-05 09:00+00');
create temporary table mail as
with made as (
  insert into handoff.outbox (key, kind, profile_id, made_at, expires_at, status, attempts, body, settled_at, detail)
  select 'digest:' || p.id || ':1', 'digest', p.id, handoff.clock(), '2026-01-07', 'unknown', 1, 'what was written', handoff.clock(), 'lost'
  from test.admin() as p (id)
  returning message_id
)
select m.message_id from made as m;
select is(handoff.send_again(message_id, 'it did not come'), 'pending', 'a mail in doubt is sent again') from mail;
select is((select o.body from handoff.outbox as o), 'what was written', 'as it was');
select is((select a.profile_id is not null from handoff.acts as a where a.act = 'sent_again'), true, 'the trail says to whom');
select throws_ok(format('select handoff.send_again(%L, %L)', message_id, 'and again'), 'TH409', null, 'once') from mail;

select * from finish();
rollback;
