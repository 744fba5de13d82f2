-- Caller holds the row of an event that is not new, and has begun the act with its receipt. Lock order: account, profile,
-- enrollments of the student by id, new event row, steps in order, certificate. Everything is decided under those locks.
-- One subtransaction: a fault of ours parks the event with its SQLSTATE and loses nothing; trouble of the server (locks,
-- resources, connection) is raised, to be tried again, and so is what read_event says of an unknown or a retired partner.
create or replace function handoff_private.apply_event(
  p_event handoff.partner_events, p_step_id uuid default null, p_is_new boolean default false
)
returns handoff.event_receipt
language plpgsql
volatile
as $$
declare
  v_event   handoff.partner_events;
  v_is_ours boolean;
  v_next    uuid;
begin
  begin
    if p_is_new then
      perform handoff_private.begin_act('partner_event', null, p_event.receipt);
    end if;
    v_event := handoff_private.read_event(p_event);
    v_event := handoff_private.decide_event(v_event, p_step_id);
    v_is_ours := handoff_private.store_event(v_event, p_is_new);
    if v_is_ours and v_event.status = 'accepted' then
      v_next := handoff_private.act_on_event(v_event);
    end if;
  exception
    when others or assert_failure then
      if handoff_private.is_server_trouble(sqlstate) or v_event.receipt is null and sqlstate in ('TH404', 'TH410') then
        raise;
      end if;
      raise warning 'event % could not be applied: % (%)', p_event.receipt, sqlerrm, sqlstate;
      v_event := coalesce(v_event, p_event);
      v_event.status := 'parked';
      v_event.reason := 'apply_error';
      v_event.error_code := sqlstate;
      v_is_ours := handoff_private.store_event(v_event, p_is_new);
  end;
  if v_is_ours then
    return (v_event.receipt, v_event.status, v_event.reason, v_event.enrollment_id, v_event.step_id, v_next);
  end if;
  return null;
end;
$$;

comment on function handoff_private.apply_event(handoff.partner_events, uuid, boolean) is
  'Reads, decides, stores and applies one event. Null: it is new and its key is taken. p_step_id: the step that an admin says it means.';
