begin;
select plan(7);

create temporary table given as select test.enroll('medical-assistant') as enrollment_id, test.student() as john;

-- A fault that the long way does not meet.
create function pg_temp.fault() returns trigger language plpgsql as $$
begin
  if current_setting('handoff.act') = 'kept' then
    raise 'fault';
  end if;
  return new;
end
$$;
create trigger fault before insert on handoff.step_transitions for each row execute function pg_temp.fault();

set local client_min_messages = error;
select is(test.send('hsi', 'course.completed', john), 'accepted:completed', 'the long way does it instead') from given;
select is(
  test.steps(enrollment_id), 'hsi:completed certiport:in_progress careersafe:pending', 'once, and what follows'
) from given;
select is((select count(*) from handoff.partner_events), 1::bigint, 'the event is stored once');
select results_eq(
  $$select t.from_status, t.to_status, t.cause from handoff.step_transitions as t where t.event_receipt is not null order by t.id$$,
  $$values ('in_progress', 'completed', 'partner_event'), ('pending', 'in_progress', 'advanced')$$,
  'the trail has each change once'
);
drop trigger fault on handoff.step_transitions;

-- Trouble of the server is no fault of the event: the long way would only wait again, so the sender sends again.
create function pg_temp.trouble() returns trigger language plpgsql as $$
begin
  if current_setting('handoff.act') = 'kept' then
    raise exception using errcode = 'lock_not_available';
  end if;
  return new;
end
$$;
create trigger trouble before insert on handoff.step_transitions for each row execute function pg_temp.trouble();
select throws_ok(
  format($$select test.send('certiport', 'exam.completed', %L, '{"passed": true}')$$, john), '55P03', null, 'a lock that is not to be had is raised'
) from given;
drop trigger trouble on handoff.step_transitions;
select is(
  test.send('certiport', 'exam.completed', john, '{"passed": true}'), 'accepted:completed', 'and the same event is taken later'
) from given;
select is(
  test.steps(enrollment_id), 'hsi:completed certiport:completed careersafe:in_progress', 'as if nothing had been'
) from given;

select * from finish();
rollback;
