begin;
select plan(17);
select test.set_clock('2026-03-02 12:00+00');
create temporary table given as select test.student() as john, test.admin() as ada;
select handoff_private.note_reached('hsi', false) from generate_series(1, 4);
select test.travel('1 hour 1 second');
select is(test.sweep(), null, 'four failures do not open the breaker');
select handoff_private.note_reached('hsi', false);
select is(test.sweep(), 'delivery_failing unreachable hsi', 'a partner that can not be reached for more than an hour');
select test.travel('23 hours');
select is(test.sweep(), 'delivery_failing unreachable hsi severe', 'for more than a day');
select handoff_private.note_reached('hsi', true);
select is(test.sweep(), null, 'until it answers');

update handoff.partners set enroll_url = 'https://partner.example/' || slug where slug = 'hsi';
select test.enroll('cna', 's' || n || '@test.example') from generate_series(1, 5) as n;
select test.follow_trail();
create function pg_temp.refuse() returns text language sql as
  $$select handoff.settle_message(m.message_id, m.lease_token, 'refused', 401) from test.begin_one() as m$$;
select pg_temp.refuse() from generate_series(1, 4);
select ok(test.sweep() not like '%delivery_failing%', 'four students whom a partner refuses are four students');
select pg_temp.refuse();
select ok(test.sweep() like '%delivery_failing refused hsi severe%', 'five within a day are a fault of the connection');
select test.travel('1 day');
select ok(test.sweep() not like '%delivery_failing%', 'for a day');
select handoff.withdraw_enrollment(e.id, 'has left') from handoff.enrollments as e;
select is(test.sweep(), null, 'and none when they have left');

create function pg_temp.mail(p_count integer, p_status text) returns void language sql as $$
  insert into handoff.outbox (key, kind, profile_id, made_at, expires_at, status, due_at, attempts, settled_at, detail)
  select 'digest:' || gen_random_uuid(), 'digest', john, handoff.clock(), handoff.clock() + interval '1 day', p_status,
    case when p_status = 'failed' then handoff.clock() end, 5, case when p_status <> 'failed' then handoff.clock() end, 'x'
  from given, generate_series(1, p_count)
$$;
select pg_temp.mail(2, 'dead');
select is(test.sweep(), null, 'two addresses that take no mail');
select pg_temp.mail(1, 'dead');
select pg_temp.mail(1, 'unknown');
select is(test.sweep(), 'delivery_failing mail_in_doubt, delivery_failing mail_refused', 'three, and one that nobody knows of');
select test.travel('1 day');
select is(test.sweep(), null, 'for a day');
select pg_temp.mail(1, 'failed');
select test.travel('15 minutes');
select is(test.sweep(), null, 'a mail server may be away for a while');
select test.travel('1 second');
select is(test.sweep(), 'delivery_failing mail_server severe', 'not for long');
update handoff.outbox set status = 'sent', due_at = null, settled_at = handoff.clock() where status = 'failed';
select is(test.sweep(), null, 'until it takes it');

insert into handoff.outbox (key, kind, profile_id, made_at, expires_at, status, due_at)
select 'digest:waits', 'digest', john, handoff.clock(), handoff.clock() + interval '1 day', 'pending', handoff.clock() from given;
update handoff.mailing set failures = 4;
select test.travel('15 minutes 1 second');
select is(test.sweep(), null, 'four failures in a row may be chance');
update handoff.mailing set failures = 5;
select is(test.sweep(), 'delivery_failing mail_server severe', 'of five, any mail that waits tells, whichever were tried');
update handoff.mailing set failures = 0;
select is(test.sweep(), null, 'until the server is reached');
select * from finish();
rollback;
