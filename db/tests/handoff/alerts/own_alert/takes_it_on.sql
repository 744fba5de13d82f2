begin;
select plan(6);
select test.set_clock('2026-03-02 12:00+00');
create temporary table given as select test.student() as john, test.enroll('cna') as johns, test.admin() as ada, test.admin('bob@test.example') as bob;
select test.travel('8 days');
select is(test.sweep(), 'stuck_student hsi', 'somebody is late');
create temporary table alert as select a.id from handoff.alerts as a;
grant select on given, alert to public;
select test.as_admin(ada) from given;
select handoff.own_alert(id) from alert;
select handoff.own_alert(id) from alert;
select is((select a.owner_id from handoff.alerts as a), (select ada from given), 'an admin takes it on');
select test.as_admin(bob) from given;
select handoff.own_alert(id) from alert;
select is((select a.owner_id from handoff.alerts as a), (select bob from given), 'also from another');
select test.as_dba();
select results_eq(
  'select a.act, a.actor_id from handoff.acts as a where a.alert_id is not null order by a.id',
  $$select 'alert_owned', ada from given union all select 'alert_owned', bob from given$$, 'each once in the audit trail'
);
select test.as_admin(ada) from given;
select throws_ok('select handoff.own_alert(john) from given', 'TH404', null, 'what is no alert');
select test.as_admin(john) from given;
select throws_ok('select handoff.own_alert(id) from alert', 'TH403', null, 'nobody but an admin');
select * from finish();
rollback;
