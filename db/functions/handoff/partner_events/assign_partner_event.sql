-- Lock order: account, enrollments of the student by id, event, steps in order, certificate.
-- An id is no authority: the step must be of the event's partner and of the student whom the partner's account means.
create or replace function handoff.assign_partner_event(p_receipt uuid, p_step_id uuid, p_reason text)
returns handoff.event_receipt
language plpgsql
volatile
security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_event handoff.partner_events;
begin
  perform handoff_private.require_admin();
  perform handoff_private.begin_act('partner_event', handoff_private.require_reason(p_reason), p_receipt);
  v_event := handoff_private.event_to_decide(p_receipt);
  if v_event.status in ('accepted', 'ignored') then
    return handoff_private.receipt_of(v_event, 'duplicate', v_event.status || ':' || v_event.reason);
  elsif v_event.status <> 'parked' or v_event.body is null then
    perform handoff_private.refuse_state('event', p_receipt, v_event.status, 'Only a parked event with its body is assigned.');
  end if;
  perform handoff_private.require_step_of_event(handoff_private.read_event(v_event), p_step_id);
  return handoff_private.apply_event(v_event, p_step_id);
end;
$$;

comment on function handoff.assign_partner_event(uuid, uuid, text) is
  'Applies a parked event to the step that an admin names. TH403 a step of another partner or student, TH404, TH409 not parked or on hold.';
