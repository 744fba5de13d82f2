begin;
select plan(21);
select test.set_clock('2026-01-05 09:00+00');
update handoff.partners set enroll_url = 'https://partner.example/' || slug;
create temporary table given as select n, test.enroll('cna', 's' || n || '@test.example') as id, test.admin('eve@test.example') as eve from generate_series(1, 6) as n;
grant select on given to public;
select test.follow_trail();
create function pg_temp.state(p_n integer) returns text language sql as $$
  select concat_ws(' ', o.status, o.attempts, o.detail, a.refused_at)
  from given as g
  join handoff.outbox as o on o.enrollment_id = g.id and o.kind = 'enroll_at_partner'
  left join handoff.partner_answers as a on a.step_id = o.step_id
  where g.n = p_n
$$;

-- All but the first have been tried once.
do $$
declare
  v_one handoff.claimed_message;
begin
  update handoff.outbox as o set due_at = o.due_at + interval '1 hour' from given as g where g.n = 1 and o.enrollment_id = g.id and o.partner_slug is not null;
  loop
    v_one := test.begin_one();
    exit when v_one.message_id is null;
    perform handoff.settle_message(v_one.message_id, v_one.lease_token, 'failed', 429, 'answered 429');
  end loop;
  update handoff.outbox as o set due_at = '2026-01-05 10:00+00' where o.status = 'failed';
end;
$$;
select is((select count(*) from given where pg_temp.state(n) ~ '^failed 1 answered 429$'), 5::bigint, 'tried in vain');
select test.travel('14 days - 1 minute');
update handoff.outbox as o set lease_token = gen_random_uuid(), lease_until = handoff.clock() + interval '5 minutes'
from given as g where g.n = 6 and o.enrollment_id = g.id and o.partner_slug is not null;
select handoff.hold_enrollment(id, 'ill') from given where n = 3;
select handoff.mark_step_complete(test.step(id, 1)) from given where n = 4;
select handoff.take_back_leases();
select is(pg_temp.state(2), 'failed 1 answered 429', 'until its time is over it is tried');
select test.travel('1 minute');

-- Who claims first, or is about to begin, leaves it.
select is((select count(*) from handoff.claim_messages(9, 9, '1 minute')), 0::bigint, 'then it goes out no more');
select is(pg_temp.state(1), 'cancelled 0 expired', 'what was never tried is cancelled');
select is(pg_temp.state(2), 'failed 1 answered 429', 'what was is not');
select is(handoff.begin_sending(o.message_id, o.lease_token), false, 'nor does what was claimed before')
from handoff.outbox as o join given as g on g.n = 6 and o.enrollment_id = g.id where o.partner_slug is not null;
select is(pg_temp.state(6), 'failed 1 answered 429', 'and is as it was');
select handoff.take_back_leases();
select is(pg_temp.state(2), 'dead 1 answered 429 2026-01-19 09:00:00+00', 'it was not delivered, as last answered, and counts as refused');
select is(pg_temp.state(3), 'dead 1 answered 429 2026-01-19 09:00:00+00', 'so does that of who is on hold');
select is(pg_temp.state(4), 'cancelled 1 the step is completed', 'who needs it no more is not missed');
select is(pg_temp.state(6), 'dead 1 answered 429 2026-01-19 09:00:00+00', 'the lease was given back');
select is(pg_temp.state(1), 'cancelled 0 expired', 'once cancelled is cancelled');
select handoff.take_back_leases();
select is((select count(*) from handoff.outbox as o where o.status = 'dead' and o.settled_at = handoff.clock()), 4::bigint, 'once');

-- What follows is what follows a refusal.
select test.as_admin(eve) from given where n = 1;
select results_eq(
  'select r.http_status, r.detail, r.attempts from given as g cross join handoff.refused_message(g.id) as r where g.n = 2',
  $$values (429, 'answered 429', 1)$$, 'the page shows it'
);
select is((select handoff.send_again(r.message_id, 'they are back') from given as g cross join handoff.refused_message(g.id) as r where g.n = 2), 'pending', 'an admin sends it again');
select is(pg_temp.state(2), 'pending 0', 'and it is refused no more');
select test.as_dba();
select test.sweep();
select is((select count(*) from handoff_private.refused_steps()), 2::bigint, 'the others are seen, but who is on hold');
select is((select m.enrollment_id is not null from (select test.begin_one() as m) as c cross join lateral (select o.enrollment_id from handoff.outbox as o where o.message_id = (c.m).message_id) as m), true, 'it goes out');
select is((select o.status from handoff.outbox as o join given as g on g.n = 2 and o.enrollment_id = g.id where o.partner_slug is not null), 'sending', 'again');

-- A partner that is disabled.
insert into given select 7, test.enroll('cna', 's7@test.example'), eve from given where n = 1;
select test.follow_trail();
update handoff.outbox set due_at = 'infinity' where partner_slug = 'certiport';
create temporary table last as select * from test.begin_one();
select handoff.settle_message(message_id, lease_token, 'failed', 429, 'answered 429') from last;
update handoff.partners as p set status = 'disabled' from last as l where p.slug = l.partner_slug;
select test.travel('15 days');
select handoff.take_back_leases();
select is(pg_temp.state(7), 'failed 1 answered 429', 'waits');
update handoff.partners as p set status = 'active' from last as l where p.slug = l.partner_slug;
select handoff.take_back_leases();
select is(pg_temp.state(7), 'dead 1 answered 429 ' || handoff.clock(), 'until it is one again');
select * from finish();
rollback;
