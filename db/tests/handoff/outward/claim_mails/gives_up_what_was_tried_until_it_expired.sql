begin;
select plan(12);
select test.set_clock('2026-01-05 09:00+00');
create temporary table given as select test.admin() as ada;
grant select on given to public;
select handoff_private.queue_mail('alert', ada, 'alert:' || n) from given cross join generate_series(1, 3) as n;
update handoff.outbox set due_at = due_at + interval '1 hour' where key = 'alert:3';
create temporary table m as select * from handoff.claim_mails(2, 0, '3 minutes');
select is(handoff.settle_mail(message_id, lease_token, 'failed', 'the mail server refuses the recipient: 450'), 'failed', 'tried') from m;
update handoff.outbox set due_at = '2026-01-06 08:00+00' where status in ('failed', 'pending');
create function pg_temp.state(p_n integer) returns text language sql as $$
  select concat_ws(' ', o.status, o.attempts, o.detail, o.settled_at, o.due_at) from handoff.outbox as o where o.key = 'alert:' || p_n
$$;
select test.set_clock('2026-01-06 08:59+00');
create temporary table late as select * from handoff.claim_mails(1, 0, '3 minutes');
select test.travel('1 minute');
select is((select count(*) from handoff.claim_mails(9, 9, '3 minutes')), 0::bigint, 'after a day nobody wants it');
select is(pg_temp.state(3), 'cancelled 0 expired 2026-01-06 09:00:00+00', 'what was never tried is not needed');
select is((select count(*) from handoff.outbox as o where o.kind = 'alert' and o.status = 'dead' and o.attempts = 1 and o.detail ~ '450$'), 1::bigint, 'what was is not delivered');
select is(handoff.begin_sending(message_id, lease_token), false, 'what was claimed before leaves no more') from late;
select is((select count(*) from handoff.outbox as o where o.kind = 'alert' and o.status = 'dead'), 2::bigint, 'and is not delivered, too');
select test.as_admin(ada) from given;
select is((select handoff.send_again(o.message_id, 'they take it now') from handoff.outbox as o where o.key = 'alert:1'), 'pending', 'it is sent again');
select is((select count(*) from handoff.find_mails('dead')), 1::bigint, 'the other is listed');
select test.as_dba();

-- What the operator's own address did not take.
insert into handoff.outbox (key, kind, made_at, expires_at, due_at, status, attempts, detail)
select 'alert_webhook:' || n, 'alert_webhook', handoff.clock(), handoff.clock(), handoff.clock(), case n when 0 then 'pending' else 'failed' end, n, 'connection'
from generate_series(0, 1) as n;
select test.sweep();
select is((select string_agg(o.status, ' ' order by o.attempts) from handoff.outbox as o where o.kind = 'alert_webhook' and o.key < 'alert_webhook:2'), 'cancelled dead', 'the same');

-- A student who was tried once, and whose step is failed since: nothing is to be told.
select test.set_clock('2026-02-02 09:00+00');
create temporary table begun as select test.enroll('cna', 'ann@test.example') as id;
select test.follow_trail();
update handoff.outbox set status = 'failed', attempts = 1, detail = '450' where kind = 'enrolled';
select handoff.fail_step(test.step(id, 1), 'gave up') from begun;
select test.travel('15 days');
select test.set_clock(max(o.expires_at)) from handoff.outbox as o where o.kind = 'enrolled';
select is((select count(*) from handoff.claim_mails(9, 9, '3 minutes') as c where c.kind = 'enrolled'), 0::bigint, 'a mail without a step to tell of ends');
select is((select o.status from handoff.outbox as o where o.kind = 'enrolled'), 'cancelled', 'and is not needed, though it was tried');
select * from finish();
rollback;
