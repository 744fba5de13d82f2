begin;
select plan(9);
select test.set_clock('2026-03-02 12:00+00');
create temporary table given as select test.student() as john, test.enroll('cna') as johns, test.admin() as ada;
select test.travel('8 days');
select is(test.sweep(), 'stuck_student hsi', 'somebody is late');
create temporary table alert as select a.id from handoff.alerts as a;
grant select on given, alert to public;
update handoff.alerts set digested_at = handoff.clock();
select test.as_admin(ada) from given;
select handoff.snooze_alert(id, '2026-03-12 12:00+00', 'is ill') from alert;
select handoff.snooze_alert(id, '2026-03-12 12:00+00', 'is ill') from alert;
select test.as_dba();
select results_eq(
  'select a.snoozed_until, a.digested_at, a.closed_at from handoff.alerts as a',
  $$values ('2026-03-12 12:00+00'::timestamptz, null::timestamptz, null::timestamptz)$$, 'it is told of again afterwards'
);
select results_eq(
  'select a.act, a.reason, a.actor_id from handoff.acts as a where a.alert_id = (select id from alert)',
  $$select 'alert_snoozed', 'is ill', ada from given$$, 'once in the audit trail'
);
select test.as_admin(ada) from given;
select throws_ok(format('select handoff.snooze_alert(id, %L, ''x'') from alert', u.until), 'TH400', 'not a time to snooze until', u.what)
from (values
  (null::timestamptz, 'no time'), ('2026-03-10 12:00+00', 'now'), ('2027-03-11 12:00:01+00', 'in more than a year')
) as u (until, what);
select throws_ok('select handoff.snooze_alert(id, ''2026-03-12'', '' '') from alert', 'TH400', 'a reason is needed', 'without a reason');
select throws_ok('select handoff.snooze_alert(john, ''2026-03-12'', ''x'') from given', 'TH404', null, 'what is no alert');
select test.as_admin(john) from given;
select throws_ok('select handoff.snooze_alert(id, ''2026-03-12'', ''x'') from alert', 'TH403', null, 'nobody but an admin');
select * from finish();
rollback;
