-- Lock order: account.
-- A deploy may have changed the reading while the event waited for its locks: what is called from here is the new one.
create or replace function handoff_private.read_again(p_event handoff.partner_events)
returns handoff.partner_events
language plpgsql
volatile
as $$
declare
  v_constraint text;
begin
  return handoff_private.read_event(p_event);
exception
  when others or assert_failure then
    if handoff_private.is_server_trouble(sqlstate) or sqlstate in ('TH404', 'TH410') then
      raise;
    end if;
    get stacked diagnostics v_constraint = constraint_name;
    return handoff_private.parked_by_fault(p_event, sqlstate, v_constraint);
end;
$$;

comment on function handoff_private.read_again(handoff.partner_events) is
  'Reads an event whose first reading failed by a fault of ours; parks it when it fails again.';
