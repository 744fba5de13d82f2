-- Lock order: account, profile, enrollments, event, steps, certificate.
-- Of an event that is not new the caller holds the row, and has begun the act. p_held_student_id is the student whose
-- profile and enrollments the caller holds. One subtransaction: a fault of ours parks the event with its SQLSTATE and
-- loses nothing; trouble of the server (locks, resources, connection) is raised, to be tried again. An event whose
-- status is null is read first. Whom it names is locked also where nothing is left to decide: who merges that person or
-- takes the account back has to see the event.
create or replace function handoff_private.apply_event(
  p_event handoff.partner_events, p_step_id uuid default null, p_held_student_id uuid default null
)
returns handoff.event_receipt
language plpgsql
volatile
as $$
declare
  v_event      handoff.partner_events := p_event;
  v_is_stored  boolean;
  v_next       uuid;
  v_constraint text;
begin
  begin
    if v_event.status is null then
      v_event := handoff_private.read_event(v_event);
    end if;
    if v_event.student_id is distinct from p_held_student_id then
      v_event := handoff_private.lock_who_is_meant(v_event);
      if v_event.position is null then
        perform handoff_private.begin_act('partner_event', null, v_event.receipt);
      end if;
    end if;
    if v_event.status = 'received' then
      v_event := handoff_private.decide_event(v_event, p_step_id);
    end if;
    v_is_stored := handoff_private.store_event(v_event);
    if v_is_stored and v_event.status = 'accepted' then
      v_next := handoff_private.carry_out(v_event);
    end if;
  exception
    when others or assert_failure then
      if handoff_private.is_server_trouble(sqlstate) then
        raise;
      end if;
      get stacked diagnostics v_constraint = constraint_name;
      v_event := handoff_private.parked_by_fault(v_event, sqlstate, v_constraint);
      v_is_stored := handoff_private.store_event(v_event);
  end;
  if v_is_stored then
    return (v_event.receipt, v_event.status, v_event.reason, v_event.enrollment_id, v_event.step_id, v_next);
  end if;
  return null;
end;
$$;

comment on function handoff_private.apply_event(handoff.partner_events, uuid, uuid) is
  'Decides, stores and applies one event that was read. Null: it is new and its key is taken. p_step_id: the step '
  'that an admin says it means.';
