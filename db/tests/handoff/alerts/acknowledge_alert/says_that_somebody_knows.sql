begin;
select plan(11);
select test.set_clock('2026-03-02 12:00+00');
create temporary table given as select test.student() as john, test.enroll('cna') as johns, test.admin() as ada, test.admin('bob@test.example') as bob;
select test.travel('8 days');
select is(test.sweep(), 'stuck_student hsi', 'somebody is late');
create temporary table alert as select a.id from handoff.alerts as a;
grant select on given, alert to public;
select test.as_admin(ada) from given;
select lives_ok('select handoff.acknowledge_alert(id) from alert', 'an admin knows');
select test.travel('1 hour');
select test.as_admin(bob) from given;
select lives_ok('select handoff.acknowledge_alert(id, ''so do I'') from alert', 'and another');
select test.as_dba();
select results_eq(
  'select a.acknowledged_at, a.acknowledged_by, a.closed_at from handoff.alerts as a',
  $$select '2026-03-10 12:00+00'::timestamptz, ada, null::timestamptz from given$$, 'who knew first is kept'
);
select results_eq(
  'select a.act, a.reason, a.alert_id, a.enrollment_id, a.actor_id from handoff.acts as a where a.alert_id is not null',
  $$select 'alert_acknowledged', null::text, id, johns, ada from given, alert$$, 'in the audit trail, too'
);
select is(test.sweep(), 'stuck_student hsi', 'it stays open');
select is((select a.acknowledged_by from handoff.alerts as a), (select ada from given), 'and known');
select test.as_admin(ada) from given;
select throws_ok('select handoff.acknowledge_alert(john) from given', 'TH404', 'unknown alert', 'what is no alert');
select throws_ok('select handoff.acknowledge_alert(id, repeat(''x'', 1001)) from alert', 'TH400', null, 'too long a reason');
select test.as_admin(john) from given;
select throws_ok('select handoff.acknowledge_alert(id) from alert', 'TH403', null, 'an admin''s role with a student''s claims is none');
select test.as_student(john) from given;
select throws_ok('select handoff.acknowledge_alert(id) from alert', '42501', null, 'a student knows of no alerts');
select * from finish();
rollback;
