begin;
select plan(11);

select test.set_clock('2026-03-02 12:00:00+00');
create temporary table given as select test.student('john@test.example') as john;
select handoff.request_sign_in('john@test.example', sha256('used'));
select handoff.complete_sign_in(sha256('used'), sha256('ended'));
select handoff.request_sign_in('john@test.example', sha256('open'));
create function pg_temp.kept() returns text language sql as $$
  select concat_ws(' ', (select count(*) from handoff.sign_in_links), (select count(*) from handoff.sessions))
$$;
select is(pg_temp.kept(), '2 1', 'two links, a session');
select test.travel('10 years');
select is(handoff.drop_ended_sessions(), 0, 'none is deleted where the school has set no age');
update handoff.school set ended_sessions_days = 3700;
select is(handoff.drop_ended_sessions(), 0, 'what ended later stays');
update handoff.school set ended_sessions_days = 1;
select is(handoff.drop_ended_sessions(1), 1, 'no more than was asked for');
select is(pg_temp.kept(), '1 1', 'links first');
select is(handoff.drop_ended_sessions(), 2, 'the others');
select is(pg_temp.kept(), '0 0', 'which are then gone');
select is(handoff.drop_ended_sessions(), 0, 'once');

select is(handoff.drop_ended_sessions(-1), 0, 'fewer than none is none');

insert into handoff.outbox (key, kind, profile_id, made_at, expires_at, status, settled_at, detail)
select 'sign_in_link:' || n, 'sign_in_link', john, handoff.clock(), handoff.clock(), 'cancelled', handoff.clock() - n * interval '1 day', 'expired'
from given cross join generate_series(0, 2) as n;
select is(handoff.drop_ended_sessions(), 1, 'the mail of a link goes as the link does');
select is((select string_agg(o.key, ' ' order by o.key) from handoff.outbox as o), 'sign_in_link:0 sign_in_link:1', 'and no other');

select * from finish();
rollback;
