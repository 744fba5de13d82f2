-- Caller holds the event row, new or locked. Lock order: account, enrollments of the student by id, steps in order,
-- certificate. Everything is decided under those locks. One subtransaction: a fault of ours parks the event with its
-- SQLSTATE and loses nothing; trouble of the server (locks, resources, connection) is raised, for the sender to retry.
create or replace function handoff_private.apply_event(
  p_event handoff.partner_events, p_step_id uuid default null, out receipt handoff.event_receipt
)
language plpgsql
volatile
set search_path = pg_catalog, pg_temp
as $$
declare
  v_event handoff.partner_events := p_event;
  v_next  uuid;
begin
  begin
    v_event := handoff_private.read_event(v_event);
    if v_event.status = 'received' then
      perform handoff_private.lock_enrollments_of(v_event.student_id);
      v_event := handoff_private.decide_event(v_event, p_step_id);
      v_next := handoff_private.act_on_event(v_event);
    end if;
  exception
    when others then
      if handoff_private.is_server_trouble(sqlstate) then
        raise;
      end if;
      raise warning 'event % could not be applied: % (%)', p_event.receipt, sqlerrm, sqlstate;
      v_event := p_event;
      v_event.status := 'parked';
      v_event.reason := 'apply_error';
      v_event.error_code := sqlstate;
  end;
  perform handoff_private.store_outcome(v_event);
  receipt := (v_event.receipt, v_event.status, v_event.reason, v_event.enrollment_id, v_event.step_id, v_next);
end;
$$;

comment on function handoff_private.apply_event(handoff.partner_events, uuid) is
  'Reads, decides and applies one event, and stores the outcome. p_step_id: the step that an admin says it means.';
