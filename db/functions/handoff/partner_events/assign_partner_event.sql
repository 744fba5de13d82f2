-- Lock order: account, profile, enrollments, event, steps, certificate.
-- An id is no authority: the step must be of the event's partner and of the student whom the partner's account means.
create or replace function handoff.assign_partner_event(p_receipt uuid, p_step_id uuid, p_reason text)
returns handoff.event_receipt
language plpgsql
volatile
security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_receipt handoff.event_receipt;
begin
  perform handoff_private.require_admin();
  perform handoff_private.begin_act('partner_event', handoff_private.require_reason(p_reason), p_receipt);
  v_receipt := handoff_private.try_event(p_receipt, true, p_step_id);
  if v_receipt.status <> 'duplicate' then
    perform handoff_private.record_act(
      p_enrollment_id => v_receipt.enrollment_id, p_event_receipt => p_receipt, p_act => 'assigned'
    );
  end if;
  return v_receipt;
end;
$$;

comment on function handoff.assign_partner_event(uuid, uuid, text) is
  'Applies a parked event to the step that an admin names, or lets a completion count for a further open step. TH400, '
  'TH403 a step of another partner or student, TH404, TH409 rejected, or the step is not open.';
