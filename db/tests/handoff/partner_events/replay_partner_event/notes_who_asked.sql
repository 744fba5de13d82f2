begin;
select plan(2);

create temporary table given as select test.student() as john, test.admin() as ada, test.enroll('cna') as enrollment_id;
grant select on given to public;
select test.send('hsi', 'course.completed', john, p_key => 'applied') from given;
select test.deliver_raw('hsi', '{', 'rejected');
create temporary table sent as select e.event_key, e.receipt from handoff.partner_events as e;
grant select on sent to public;
select test.as_admin(ada) from given;
select handoff.replay_partner_event(receipt) from sent;
select test.as_dba();
select results_eq(
  'select r.act, r.actor_role, r.actor_id, s.event_key from handoff.acts as r left join sent as s on s.receipt = r.event_receipt',
  $$select 'replayed', 'handoff_admin', ada, 'rejected' from given$$, 'also where nothing comes of it; of an applied event nothing is replayed'
);
select throws_ok('delete from handoff.acts', 'TH405', null, 'for ever');

select * from finish();
rollback;
