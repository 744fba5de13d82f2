-- The caller holds: profile, enrollments.
-- A student has left whose step it completed, and nothing else is open: the step is still its own.
create or replace function handoff_private.stands_anew(p_event handoff.partner_events, p_read handoff.partner_events)
returns boolean
language plpgsql
volatile
as $$
begin
  return p_event.reason in ('completed', 'completed_early') and p_read.status = 'received' and exists (
    select
    from handoff.enrollment_steps as s
    where s.id = (handoff_private.decide_event(p_read)).step_id
      and s.status = 'completed' and s.completed_by = p_event.receipt
  );
end;
$$;

comment on function handoff_private.stands_anew(handoff.partner_events, handoff.partner_events) is
  'True when the event, decided anew, is of a step that it has completed itself. p_read: as it is read today.';
