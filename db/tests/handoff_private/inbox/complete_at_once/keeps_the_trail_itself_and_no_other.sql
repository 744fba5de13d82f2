begin;
select plan(5);

create temporary table given as select test.enroll('medical-assistant') as enrollment_id, test.student() as john;
create function pg_temp.trail() returns setof text language sql as $$
  select concat_ws(' ', t.from_status, t.to_status, t.cause, e.event_key)
  from handoff.step_transitions as t
  left join handoff.partner_events as e on e.receipt = t.event_receipt
  where t.cause not in ('generated', 'enrolled')
  order by t.id offset 1
$$;

select handoff.receive_partner_event(
  'hsi', 'msg_1', convert_to(format('{"event": "course.completed", "student_id": "%s"}', john), 'UTF8')
) from given;
select results_eq(
  'select * from pg_temp.trail()',
  $$values ('in_progress completed partner_event msg_1'), ('pending in_progress advanced msg_1')$$,
  'each change of the statement is in the trail once'
);
select isnt(current_setting('handoff.act'), 'kept', 'it tells the triggers no longer that the trail is kept');
grant select on given to public;
set local role handoff_owner;
update handoff.enrollment_steps set status = 'failed' where id = (select test.step(enrollment_id, 2) from given);
reset role;
select is(
  (select t.to_status from handoff.step_transitions as t order by t.id desc limit 1), 'failed',
  'so what the owner changes next is recorded'
);

-- A fault in the middle of it.
create function pg_temp.fault() returns trigger language plpgsql as $$ begin raise 'fault'; end $$;
create trigger fault before update on handoff.enrollment_steps for each row when (new.status = 'completed') execute function pg_temp.fault();
create temporary table other as select test.enroll('cna', 'jane@test.example') as enrollment_id, test.student('jane@test.example') as jane;
set local client_min_messages = error;
select is(test.send('hsi', 'course.completed', jane), 'parked:apply_error', 'a fault of ours: kept') from other;
select isnt(current_setting('handoff.act'), 'kept', 'and the triggers record again') from other;

select * from finish();
rollback;
