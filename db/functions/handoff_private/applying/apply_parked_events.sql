-- Lock order: account, profile, enrollments, event, steps, certificate.
-- The caller holds profile and enrollments of the student whom the events are about. Each event has a subtransaction
-- of its own in apply_event, so a bad one stays parked and the others apply.
create or replace function handoff_private.apply_parked_events(p_receipts uuid[], p_student_id uuid)
returns integer
language plpgsql
volatile
as $$
declare
  v_event   handoff.partner_events;
  v_applied integer := 0;
begin
  for v_event in
    select e.*
    from handoff.partner_events as e
    where e.receipt = any (p_receipts) and e.status = 'parked' and e.set_aside_at is null
    order by e.position
    for no key update
  loop
    perform handoff_private.continue_act('partner_event', v_event.receipt);
    v_event.status := null;
    v_applied := v_applied + ((handoff_private.apply_event(v_event, null, p_student_id)).status <> 'parked')::integer;
  end loop;
  return v_applied;
end;
$$;

comment on function handoff_private.apply_parked_events(uuid[], uuid) is
  'Applies parked events in order of receipt; returns how many are not parked any more.';
