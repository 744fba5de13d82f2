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
  if p_is_assigned or v_event.status in ('parked', 'rejected') or v_event.meaning = 'completion' then
    v_read := handoff_private.lock_who_is_meant(handoff_private.read_event(v_event));
  end if;
  select e.* into v_event from handoff.partner_events as e where e.receipt = p_receipt for no key update;
  if v_event.status in ('accepted', 'ignored') then
    if p_is_assigned then
      return handoff_private.assign_applied(v_event, v_read, p_step_id);
    elsif v_read.receipt is null or handoff_private.is_settled(v_event) or handoff_private.stands_anew(v_event, v_read) then
      return handoff_private.receipt_of(v_event, 'duplicate', v_event.status || ':' || v_event.reason);
    end if;
  elsif p_is_assigned and v_event.status <> 'parked' then
    perform handoff_private.refuse_state('event', p_receipt, v_event.status, 'A rejected event can''t be assigned.');
  elsif p_is_assigned and v_read.status in ('received', 'parked') then
    perform handoff_private.require_step_of_event(v_read, p_step_id);
  end if;
  return handoff_private.apply_event(v_read, p_step_id, v_read.student_id);
end;
$$;

comment on function handoff_private.try_event(uuid, boolean, uuid) is
  'Reads and decides an event again; one that was applied and stands is answered as duplicate. p_is_assigned: an admin '
  'says that it means p_step_id. TH403, TH404, TH409.';
