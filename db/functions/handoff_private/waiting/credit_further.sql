-- Lock order: steps, certificate.
-- The caller holds: profile, enrollments, event.
-- Each credit stands by itself: what the event says of its first step stays.
create or replace function handoff_private.credit_further(p_event handoff.partner_events, p_step_id uuid)
returns handoff.event_receipt
language plpgsql
volatile
as $$
declare
  v_event handoff.partner_events := p_event;
  v_next  uuid;
begin
  select 'accepted', case s.status when 'pending' then 'completed_early' else 'completed' end, s.enrollment_id, s.id
  into strict v_event.status, v_event.reason, v_event.enrollment_id, v_event.step_id
  from handoff.enrollment_steps as s
  where s.id = p_step_id;
  v_next := handoff_private.carry_out(v_event);
  return (v_event.receipt, v_event.status, v_event.reason, v_event.enrollment_id, v_event.step_id, v_next);
end;
$$;

comment on function handoff_private.credit_further(handoff.partner_events, uuid) is
  'Completes a further open step by a completion that is applied already.';
