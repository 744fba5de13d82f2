-- Lock order: account, enrollments of the student by id, event. The event is read unlocked to learn its student, and read
-- again under the lock: what was decided meanwhile counts.
create or replace function handoff_private.event_to_decide(p_receipt uuid)
returns handoff.partner_events
language plpgsql
volatile
as $$
declare
  v_event handoff.partner_events;
begin
  select e.* into v_event from handoff.partner_events as e where e.receipt = p_receipt;
  if not found then
    raise exception using
      errcode = 'TH404',
      message = 'unknown event',
      detail = jsonb_build_object('receipt', p_receipt)::text,
      hint = 'Give the receipt of an event.';
  end if;
  if v_event.status in ('parked', 'rejected') and v_event.body is not null then
    perform handoff_private.lock_enrollments_of((handoff_private.read_event(v_event)).student_id);
  end if;
  select e.* into v_event from handoff.partner_events as e where e.receipt = p_receipt for no key update;
  return v_event;
end;
$$;

comment on function handoff_private.event_to_decide(uuid) is 'The event, locked after what it may move. TH404 when there is none.';
