begin;
select plan(10);
select test.set_clock('2026-01-05 09:00+00');
update handoff.partners set enroll_url = 'https://partner.example/' || slug;
create temporary table given as select test.enroll() as johns, test.admin() as ada;
select test.follow_trail();
create temporary table message as select c.* from handoff.claim_messages(1, 1, '60 s') as c;
create function pg_temp.begin() returns boolean language sql as 'select handoff.begin_sending(m.message_id, m.lease_token) from message as m';

select handoff.hold_enrollment(johns, 'ill') from given;
select is(pg_temp.begin(), false, 'on hold, nothing leaves');
select is(test.messages(), 'hsi 1 pending', 'and nothing is cancelled');
select is((select o.lease_token from handoff.outbox as o where o.partner_slug is not null), null, 'nor kept from others');
select is((select count(*) from handoff.claim_messages(1, 1, '60 s')), 0::bigint, 'nor claimed');
select handoff.resume_enrollment(johns, 'well again') from given;
update handoff.partners set status = 'disabled' where slug = 'hsi';
select is((select count(*) from handoff.claim_messages(1, 1, '60 s')), 0::bigint, 'a disabled partner is not told');
update handoff.partners set status = 'active' where slug = 'hsi';
truncate message;
insert into message select c.* from handoff.claim_messages(1, 1, '60 s') as c;
update handoff.partners set status = 'disabled' where slug = 'hsi';
select is(pg_temp.begin(), false, 'also when it was claimed before');
update handoff.partners set status = 'active' where slug = 'hsi';
truncate message;
insert into message select c.* from handoff.claim_messages(1, 1, '60 s') as c;
select is(pg_temp.begin(), true, 'afterwards it is told of the student');
select is(
  (select handoff.settle_message(m.message_id, m.lease_token, 'failed') from message as m), 'failed', 'which fails'
);
select handoff.hold_enrollment(johns, 'ill again') from given;
select test.travel('14 days');
select is((select count(*) from handoff.claim_messages(1, 1, '60 s')), 0::bigint, 'after two weeks');
select handoff.take_back_leases();
select is(test.messages(), 'hsi 1 dead', 'nobody waits any more');

select * from finish();
rollback;
