begin;
select plan(11);
select test.set_clock('2026-01-05 09:00+00');
update handoff.partners set enroll_url = 'https://partner.example/' || slug;
create temporary table given as
select test.enroll('cpr-first-aid', m.email) as id from (values ('a@test.example'), ('b@test.example'), ('c@test.example')) as m (email);
select test.follow_trail();
create function pg_temp.queue() returns text language sql as $$
  select concat_ws(' ', to_char(q.due_from at time zone 'UTC', 'HH24:MI:SS'), to_char(q.leased_from at time zone 'UTC', 'HH24:MI:SS'))
  from handoff.partner_queues as q
  where q.partner_slug = 'hsi'
$$;
select is(pg_temp.queue(), null, 'at first it looks at all');
select handoff.take_back_leases();
select is(pg_temp.queue(), '08:59:55', 'then from the first that is due, and a little before');

select test.travel('1 minute');
create temporary table message as select * from handoff.claim_messages(1, 2, '10 minutes');
select handoff.take_back_leases();
select is(pg_temp.queue(), '08:59:55 09:10:55', 'one that is under way counts, and its lease is the first that ends');
select is((select count(*) from handoff.claim_messages(9, 2, '10 minutes')), 1::bigint, 'it leaves one to be claimed');

update handoff.outbox set due_at = '2026-01-05 08:00+00' where lease_token is null;
select handoff.settle_message(message_id, lease_token, 'sent') from message where handoff.begin_sending(message_id, lease_token);
select is_empty('select from handoff.claim_messages(9, 2, ''10 minutes'')', 'what was made due long before is not seen at once');
select handoff.take_back_leases();
select is(pg_temp.queue(), '07:59:55 09:10:55', 'but after the next look at all');
select is((select count(*) from handoff.claim_messages(9, 2, '10 minutes')), 1::bigint, 'and claimed');
select is_empty('select from handoff.claim_messages(9, 2, ''10 minutes'')', 'two are under way');

select test.travel('20 minutes');
update handoff.outbox set lease_token = null, lease_until = null, due_at = '2026-01-05 10:00+00' where settled_at is null;
select handoff.take_back_leases();
select is(pg_temp.queue(), '09:20:55', 'where nothing is due yet: from now');
update handoff.partners set slug = 'hsi-2' where slug = 'hsi';
select test.travel('1 hour');
select is((select count(*) from handoff.claim_messages(9, 9, '10 minutes')), 2::bigint, 'a renamed partner keeps its queue');
delete from handoff.partner_queues;
select lives_ok('select handoff.take_back_leases()', 'which is only a note: without it all is looked at again');
select * from finish();
rollback;
