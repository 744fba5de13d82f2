begin;
select plan(16);
select test.set_clock('2026-01-05 09:00+00');
update handoff.partners set enroll_url = 'https://partner.example/' || slug;
create temporary table given as select n, test.enroll('cna', 's' || n || '@test.example') as id from generate_series(1, 5) as n;
select test.follow_trail();
create function pg_temp.claimed(p_count integer, p_at_once integer) returns bigint language sql as
  $$select count(*) from handoff.claim_messages(p_count, p_at_once, '60 s')$$;

select is(pg_temp.claimed(1, 3), 1::bigint, 'no more than were asked for');
select is(pg_temp.claimed(10, 3), 2::bigint, 'no more than are under way at a time, of one partner');
select is(pg_temp.claimed(10, 3), 0::bigint, 'nor by another');
select is(pg_temp.claimed(10, 4), 1::bigint, 'with more at once, more');
select test.travel('61 s');
select is(handoff.take_back_leases(), 4, 'leases end');
select is(handoff.take_back_leases(), 0, 'once');
select is(test.messages() ~ '^(hsi 1 pending(, )?){5}$', true, 'what was not begun is as it was');

-- What holds no longer.
select handoff.withdraw_enrollment(id, 'moved') from given where n = 5;
select handoff.hold_enrollment(id, 'ill') from given where n = 1;
select is(pg_temp.claimed(10, 10), 3::bigint, 'those of students who are still at it');
select results_eq(
  $$select o.detail from handoff.outbox as o where o.partner_slug is not null and o.status = 'cancelled' order by 1$$,
  $$values ('the enrollment is withdrawn')$$, 'who has left is not told of'
);
select test.travel('15 days');
select handoff.take_back_leases();
select is(pg_temp.claimed(10, 10), 0::bigint, 'after two weeks nobody is told any more');
select is((select count(*) from handoff.outbox as o where o.partner_slug is not null and o.detail = 'expired'), 4::bigint, 'they have expired');

-- A partner that can't be reached.
select handoff.resume_enrollment(id, 'well') from given where n = 1;
insert into given select 10 + n, test.enroll('cna', 't' || n || '@test.example') from generate_series(1, 6) as n;
select test.follow_trail();
create function pg_temp.fail() returns text language plpgsql as $$
declare
  v_one handoff.claimed_message := test.begin_one();
begin
  return handoff.settle_message(v_one.message_id, v_one.lease_token, 'unreachable', null, 'connection');
end;
$$;
select is(string_agg(pg_temp.fail(), ' '), 'failed failed failed failed failed', 'five times in a row') from generate_series(1, 5);
select is(pg_temp.claimed(10, 10), 0::bigint, 'it is left alone');
select test.travel('31 s');
select is(pg_temp.claimed(10, 10), 1::bigint, 'and then asked with one message');
select test.travel('61 s');
select handoff.take_back_leases();
select is(
  handoff.settle_message(m.message_id, m.lease_token, 'sent'), 'sent', 'which it answers'
) from test.begin_one() as m;
select is(pg_temp.claimed(10, 10) > 1, true, 'so all of them may go');

select * from finish();
rollback;
