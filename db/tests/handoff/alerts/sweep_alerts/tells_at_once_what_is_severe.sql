begin;
select plan(12);
select test.set_clock('2026-03-02 12:00+00');
create temporary table given as select test.admin() as ada, test.admin('bob@test.example') as bob, test.admin('cat@test.example') as cat;
select handoff.disable_profile(cat, 'has left') from given;
create function pg_temp.told(p_kind text) returns text language sql as $$
  select string_agg(p.email || ' ' || jsonb_array_length(o.facts -> 'alerts'), ', ' order by o.made_at, p.email)
  from handoff.outbox as o join handoff.profiles as p on p.id = o.profile_id where o.kind = p_kind
$$;
create function pg_temp.posted() returns text language sql as $$
  select string_agg(concat_ws(' ', o.facts ->> 'event', o.facts ->> 'about', o.facts ->> 'partner'), ', ' order by o.made_at, o.facts ->> 'partner')
  from handoff.outbox as o where o.kind = 'alert_webhook'
$$;
insert into handoff.partner_breakers (partner_slug, failures, failing_since, open_until)
values ('hsi', 9, '2026-03-01 11:00+00', '2026-03-02 12:05+00'), ('jri', 9, '2026-03-02 10:00+00', '2026-03-02 12:05+00');
select is(handoff.sweep_alerts(true), 2, 'one is severe, one is not');
select is(pg_temp.told('alert'), 'ada@test.example 1, bob@test.example 1', 'every admin who has access is told of the severe one');
select is(pg_temp.posted(), 'opened unreachable Health & Safety Institute', 'and the address');
select is(
  (select array_agg(distinct k.key) from handoff.outbox as o, jsonb_object_keys(o.facts #> '{alerts,0}') as k (key) where o.kind = 'alert'),
  array['about', 'kind', 'numbers', 'opened_at', 'partner', 'partner_slug', 'severity', 'subject'], 'in codes and numbers'
);
select test.travel('1 hour');
select is(handoff.sweep_alerts(true), 0, 'while it lasts');
select is(pg_temp.told('alert'), 'ada@test.example 1, bob@test.example 1', 'nobody is told again');
update handoff.partner_breakers set failing_since = '2026-03-01 11:00+00';
select handoff.sweep_alerts(true);
select is(pg_temp.told('alert'), 'ada@test.example 1, bob@test.example 1, ada@test.example 1, bob@test.example 1', 'but when another becomes severe');
select test.travel('1 hour');
delete from handoff.partner_breakers;
select handoff.sweep_alerts(true);
select is(
  pg_temp.posted(),
  'opened unreachable Health & Safety Institute, opened unreachable Job Ready Indy, closed unreachable Health & Safety Institute, '
  'closed unreachable Job Ready Indy',
  'the address is told of the end'
);
select handoff.sweep_alerts(true);
select is((select count(*) from handoff.outbox as o where o.kind = 'alert_webhook'), 4::bigint, 'once');
insert into handoff.partner_breakers (partner_slug, failures, failing_since, open_until)
values ('hsi', 9, '2026-03-01 11:00+00', '2026-03-02 12:05+00');
select is(handoff.sweep_alerts(false), 1, 'where no address is set');
select is((select count(*) from handoff.outbox as o where o.kind = 'alert_webhook'), 4::bigint, 'none is told');
select is((select count(*) from handoff.outbox as o where o.kind = 'digest'), 0::bigint, 'what was told of at once is not told of again daily')
from test.travel('2 days'), handoff.sweep_alerts();
select * from finish();
rollback;
