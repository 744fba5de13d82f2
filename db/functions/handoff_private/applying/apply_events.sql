-- Caller holds the enrollments that the events are about. Locks: event rows in order of receipt, then those of
-- apply_event. Each event has its own subtransaction there, so a bad one stays parked and the others apply.
create or replace function handoff_private.apply_events(p_receipts uuid[])
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
    where e.receipt = any (p_receipts) and e.status = 'parked'
    order by e.position
    for no key update
  loop
    perform handoff_private.continue_act('partner_event', v_event.receipt);
    v_applied := v_applied + ((handoff_private.apply_event(v_event)).status <> 'parked')::integer;
  end loop;
  return v_applied;
end;
$$;

comment on function handoff_private.apply_events(uuid[]) is 'Applies parked events in order of receipt; returns how many are not parked any more.';
