begin;
select plan(3);
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

select * from finish();
rollback;
