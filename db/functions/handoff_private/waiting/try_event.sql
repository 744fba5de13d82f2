-- Lock order: account, profile, enrollments, event, steps, certificate.
-- The event is read unlocked to learn its student. Its status is read again under the lock: what was decided
-- meanwhile counts.
create or replace function handoff_private.try_event(
  p_receipt uuid, p_is_assigned boolean default false, p_step_id uuid default null
)
returns handoff.event_receipt
language plpgsql
volatile
as $$
declare
  v_event handoff.partner_events;
  v_read  handoff.partner_events;
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
    v_read := handoff_private.read_event(v_event);
    if v_read.student_id is not null then
      perform handoff_private.lock_enrollments_of(v_read.student_id);
    end if;
  end if;
  select e.* into v_event from handoff.partner_events as e where e.receipt = p_receipt for no key update;
  if v_event.status not in ('parked', 'rejected') then
    return handoff_private.receipt_of(v_event, 'duplicate', v_event.status || ':' || v_event.reason);
  elsif p_is_assigned and (v_event.status <> 'parked' or v_event.body is null) then
    perform handoff_private.refuse_state('event', p_receipt, v_event.status, 'Only a parked event with its body is assigned.');
  elsif v_event.body is null then
    perform handoff_private.refuse_state('event', p_receipt, v_event.status, 'Its body was dropped after the retention period.');
  elsif p_is_assigned then
    perform handoff_private.require_step_of_event(v_read, p_step_id);
  end if;
  return handoff_private.apply_event(v_read, p_step_id);
end;
$$;

comment on function handoff_private.try_event(uuid, boolean, uuid) is
  'Reads and decides a parked or rejected event again; an applied one is answered as duplicate. p_is_assigned: an '
  'admin says that it means p_step_id. TH403, TH404, TH409.';
