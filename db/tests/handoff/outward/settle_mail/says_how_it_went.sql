begin;
select plan(26);
select test.set_clock('2026-01-05 09:00+00');
create temporary table given as select test.admin() as ada;
create function pg_temp.claim(p_key text) returns handoff.claimed_mail language plpgsql as $$
declare
  v_mail handoff.claimed_mail;
begin
  perform handoff_private.queue_mail('alert', handoff.find_profile('ada@test.example'), 'alert:' || p_key);
  select c.* into v_mail from handoff.claim_mails(1, 1, '3 minutes') as c;
  perform handoff.prepare_mail(v_mail.message_id, v_mail.lease_token, 'written');
  return v_mail;
end;
$$;
create temporary table m as select (c).* from (select pg_temp.claim('sent') as c) as c;
select is(handoff.settle_mail(message_id, lease_token, 'sent'), 'late', 'what did not begin can not be sent') from m;
select is(handoff.settle_mail(message_id, lease_token, 'unknown', 'x'), 'late', 'nor be in doubt') from m;
select is(handoff.begin_sending(message_id, lease_token), true, 'it begins') from m;
select is(handoff.settle_mail(message_id, gen_random_uuid(), 'sent'), 'late', 'somebody else') from m;
select is(handoff.settle_mail(message_id, lease_token, 'sent'), 'sent', 'sent') from m;
select is(handoff.settle_mail(message_id, lease_token, 'failed'), 'late', 'once') from m;
select is((select o.settled_late from handoff.outbox as o), 4, 'what comes late is counted');

delete from m;
insert into m select (c).* from (select pg_temp.claim('refused') as c) as c;
select is(handoff.settle_mail(message_id, lease_token, 'refused', 'the recipient: 550'), 'dead', 'refused before it began') from m;
select is((select o.attempts || ' ' || o.detail from handoff.outbox as o where o.status = 'dead'), '1 the recipient: 550', 'counts as a try');

delete from m;
insert into m select (c).* from (select pg_temp.claim('doubt') as c) as c;
select handoff.begin_sending(message_id, lease_token) from m;
select is(handoff.settle_mail(message_id, lease_token, 'unknown', 'no answer'), 'unknown', 'nobody knows') from m;
select is((select o.due_at from handoff.outbox as o where o.status = 'unknown'), null, 'and it is not sent again by itself');

delete from m;
insert into m select (c).* from (select pg_temp.claim('lost') as c) as c;
select handoff.begin_sending(message_id, lease_token) from m;
select test.travel('3 minutes');
select is(handoff.take_back_leases(), 1, 'its worker was lost');
select is((select o.status || ' ' || (o.due_at is null) from handoff.outbox as o where o.key = 'alert:lost'), 'unknown true', 'that is in doubt');

delete from m;
insert into m select (c).* from (select pg_temp.claim('before') as c) as c;
select test.travel('3 minutes');
select is(handoff.take_back_leases(), 1, 'one was lost before it began');
select is((select o.status from handoff.outbox as o where o.key = 'alert:before'), 'pending', 'that is in no doubt');

-- Again and again
delete from m;
insert into m select * from handoff.claim_mails(1, 1, '3 minutes');
select is(handoff.settle_mail(message_id, lease_token, 'failed', 'greylisted: 450'), 'failed', 'for now') from m;
select is((select o.due_at > handoff.clock() from handoff.outbox as o where o.key = 'alert:before'), true, 'later');
select is((select g.failures from handoff.mailing as g), 0, 'the mail server is well');
select test.travel('1 day - 1 minute');
delete from m;
insert into m select (c).* from (select pg_temp.claim('late') as c) as c;
update handoff.outbox set expires_at = handoff.clock() + interval '1 microsecond' where key = 'alert:late';
select is(handoff.settle_mail(message_id, lease_token, 'unreachable'), 'dead', 'until it is not worth it') from m where (select o.key from handoff.outbox as o where o.message_id = m.message_id) = 'alert:late'
union all
select is(true, true, 'until it is not worth it') from m where (select o.key from handoff.outbox as o where o.message_id = m.message_id) <> 'alert:late';

-- Links are tried again soon
select handoff.mail_sign_in_link('ada@test.example', '4a7f5f5e-0000-4000-8000-000000000001', sha256('right'));
update handoff.mailing set failures = 0, open_until = null;
delete from m;
insert into m select * from handoff.claim_mails(0, 1, '3 minutes');
update handoff.outbox set attempts = 12, status = 'failed' where kind = 'sign_in_link';
select is(handoff.settle_mail(message_id, lease_token, 'failed'), 'failed', 'a link that failed') from m;
select is((select o.due_at <= handoff.clock() + interval '20 seconds' from handoff.outbox as o where o.kind = 'sign_in_link'), true, 'comes back at once');

-- The server
select is((select g.failures from handoff.mailing as g), 0, 'an answer is an answer');
select handoff_private.note_mail_server(false) from generate_series(1, 3);
select is((select g.open_until - handoff.clock() from handoff.mailing as g), interval '15 seconds', 'after three failures it is left alone');
select handoff_private.note_mail_server(false) from generate_series(1, 20);
select is((select g.failures from handoff.mailing as g), 3, 'what was under way then says nothing new');
select test.travel('10 minutes'), handoff_private.note_mail_server(false) from generate_series(1, 9);
select is((select g.open_until - handoff.clock() from handoff.mailing as g), interval '5 minutes', 'for five minutes at most');
select handoff_private.note_mail_server(true);
select is((select g.failures || ' ' || (g.open_until is null) from handoff.mailing as g), '0 true', 'until it answers');
select * from finish();
rollback;
