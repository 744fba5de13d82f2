begin;
select plan(4);
set local client_min_messages = error;

-- A fault in what comes before deciding loses no byte.
create temporary table given as select test.enroll('medical-assistant') as enrollment_id, test.student() as john;
alter function handoff_private.lock_enrollments_of(uuid) rename to lock_when_mended;
create function handoff_private.lock_enrollments_of(p_student_id uuid) returns void language plpgsql as $$
begin
  raise exception 'fault';
end;
$$;
select is(
  test.send('careersafe', 'training.completed', john, p_key => 'k1'), 'parked:apply_error', 'a fault in locking: kept'
) from given;
select is(
  (select e.error_code || ' ' || e.external_student_id from handoff.partner_events as e where e.event_key = 'k1'),
  'P0001 ' || john, 'with what was read of it'
) from given;
drop function handoff_private.lock_enrollments_of(uuid);
alter function handoff_private.lock_when_mended(uuid) rename to lock_enrollments_of;

-- A type that came to want another field: what is assigned is refused for that, and not for its student.
select test.send('hsi', 'course.completed', john, '{"completed_at": "2099-01-01T00:00:00Z"}', 'k2') from given;
update handoff.partner_event_types set pass_field = 'passed' where partner_slug = 'hsi' and event_type = 'course.completed';
select is(
  (
    select r.status || ':' || r.reason
    from handoff.partner_events as e
    cross join handoff.assign_partner_event(e.receipt, test.step(enrollment_id, 1), 'seen') as r
    where e.event_key = 'k2'
  ),
  'rejected:missing_field', 'an event that reads as rejected now'
) from given;

-- A DBA gave the account to another student while the event waited: it applies to that one, within the act that was begun.
create temporary table moved as
  select test.enroll('cna', 'ann@test.example') as anns, test.enroll('cna', 'ben@test.example') as bens;
select handoff.link_partner_account('hsi', 'h-1', test.student('ann@test.example'));
select handoff.hold_enrollment(anns, 'a break') from moved;
update handoff.partner_event_types set pass_field = null where partner_slug = 'hsi' and event_type = 'course.completed';
select test.send('hsi', 'course.completed', null, '{"student_id": "h-1"}', 'k3');
update handoff.partner_accounts set student_id = test.student('ben@test.example') where external_student_id = 'h-1';
select handoff.resume_enrollment(anns, 'back again') from moved;
select results_eq(
  $$
    select t.cause, t.reason, e.event_key
    from handoff.step_transitions as t
    join handoff.partner_events as e on e.receipt = t.event_receipt
    join moved as m on t.step_id = test.step(m.bens, 1)
  $$,
  $$values ('partner_event', 'back again', 'k3')$$, 'and its trail tells the reason of the act'
);

select * from finish();
rollback;
