begin;
select plan(4);
select test.set_clock('2026-03-02 12:00+00');
create temporary table given as select test.student() as john, test.admin() as ada;
grant select on given to public;
insert into handoff.alerts (kind, severity, about, partner_slug, numbers, opened_at, last_seen_at, acknowledged_at, snoozed_until, closed_at)
select 'events_waiting', case when n = 1 then 'severe' else 'notice' end, 'a' || n, 'hsi', '{}', '2026-03-01', '2026-03-01',
  case when n = 2 then timestamptz '2026-03-02' end, case when n = 3 then timestamptz '2026-03-04' end, case when n = 4 then timestamptz '2026-03-02' end
from generate_series(1, 10) as n;
select test.as_admin(ada) from given;
select set_eq('select * from handoff.alert_counts()', $$values ('events_waiting', 'severe', 1), ('events_waiting', 'notice', 6)$$, 'what is known, left alone or over is not counted');
select test.as_dba();
insert into handoff.alerts (kind, severity, about, numbers, opened_at, last_seen_at)
select 'delivery_failing', 'notice', 'b' || n, '{}', '2026-03-01', '2026-03-01' from generate_series(1, 1100) as n;
select test.as_admin(ada) from given;
select is((select c.alerts from handoff.alert_counts() as c where c.kind = 'delivery_failing'), 1001, 'nor more than are worth counting');
select test.as_admin(john) from given;
select is_empty('select * from handoff.alert_counts()', 'an admin''s role with a student''s claims counts none');
select test.as_student(john) from given;
select throws_ok('select * from handoff.alert_counts()', '42501', null, 'a student may not ask');
select * from finish();
rollback;
