begin;
select plan(14);
select test.set_clock('2026-03-02 12:00+00');
update handoff.school set time_zone = 'America/New_York', digest_at = '07:00';
create temporary table given as select test.admin() as ada;
grant select on given to public;
create function pg_temp.digests() returns text language sql as $$
  select string_agg(
    to_char(o.made_at at time zone 'America/New_York', 'DD HH24:MI') || ' ' || jsonb_array_length(o.facts -> 'alerts') || coalesce('+' || (o.facts ->> 'more'), ''),
    ', ' order by o.made_at
  )
  from handoff.outbox as o where o.kind = 'digest'
$$;
create function pg_temp.at(p_when text) returns void language sql as $$
  select test.set_clock(p_when::timestamp at time zone 'America/New_York');
  select handoff.sweep_alerts();
$$;
select pg_temp.at('2026-03-02 07:00');
select is(pg_temp.digests(), null, 'nothing is wrong, nobody is told');
select handoff.fail_step(test.step(test.enroll('cna', 'ann@test.example'), 1), 'cheated');
select test.sweep();
select pg_temp.at('2026-03-03 06:59:59');
select is(pg_temp.digests(), null, 'until the hour');
select pg_temp.at('2026-03-03 07:00');
select is(pg_temp.digests(), '03 07:00 1', 'the school''s');
select handoff.fail_step(test.step(test.enroll('cna', 'ben@test.example'), 1), 'cheated');
select test.sweep();
select pg_temp.at('2026-03-03 23:00');
select is(pg_temp.digests(), '03 07:00 1', 'once a day');
select pg_temp.at('2026-03-04 15:00');
select is(pg_temp.digests(), '03 07:00 1, 04 15:00 1', 'what is new; also when the worker was away at the hour');
select handoff.fail_step(test.step(test.enroll('cna', 'cid@test.example'), 1), 'cheated');
select test.sweep();
select test.as_admin(ada) from given;
select handoff.acknowledge_alert(a.id) from handoff.alerts as a where a.digested_at is null;
select test.as_dba();
select pg_temp.at('2026-03-05 07:00');
select is(pg_temp.digests(), '03 07:00 1, 04 15:00 1', 'not what somebody knows');
select test.as_admin(ada) from given;
select handoff.snooze_alert(a.id, '2026-03-06 12:00+00', 'is ill') from handoff.alerts as a where a.opened_at < '2026-03-03';
select test.as_dba();
select pg_temp.at('2026-03-06 06:00');
select is(pg_temp.digests(), '03 07:00 1, 04 15:00 1', 'nor what is left alone');
select pg_temp.at('2026-03-06 07:00');
select is(pg_temp.digests(), '03 07:00 1, 04 15:00 1', 'until then');
select pg_temp.at('2026-03-07 07:00');
select is(pg_temp.digests(), '03 07:00 1, 04 15:00 1, 07 07:00 1', 'then it is new again');
select pg_temp.at('2026-03-08 08:00');
select is(pg_temp.digests(), '03 07:00 1, 04 15:00 1, 07 07:00 1', 'once');
select handoff.fail_step(test.step(test.enroll('cna', n || '@test.example'), 1), 'cheated') from generate_series(1, 25) as n;
select test.sweep();
select pg_temp.at('2026-03-09 07:00');
select is(pg_temp.digests(), '03 07:00 1, 04 15:00 1, 07 07:00 1, 09 07:00 20+5', 'twenty at most are told one by one');
select is((select o.key from handoff.outbox as o where o.kind = 'digest' order by o.made_at limit 1), 'digest:' || ada || ':2026-03-03', 'under the day') from given;
select is((select count(*) from handoff.outbox as o where o.kind = 'digest' and o.facts::text ~ 'Student|@'), 0::bigint, 'nobody is named in it');
update handoff.school set digest_at = '18:00';
select handoff.fail_step(test.step(test.enroll('cna', 'dot@test.example'), 1), 'cheated');
select test.sweep();
select pg_temp.at('2026-03-09 18:00');
select is(pg_temp.digests(), '03 07:00 1, 04 15:00 1, 07 07:00 1, 09 07:00 20+5', 'a new hour brings no second one of a day');
select * from finish();
rollback;
