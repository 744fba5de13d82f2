-- Logged are codes and names of ours alone: a message of PostgreSQL quotes what it could not take, of an event too.
create or replace function handoff_private.parked_by_fault(p_event handoff.partner_events, p_sqlstate text, p_constraint text)
returns handoff.partner_events
language plpgsql
immutable
as $$
declare
  v_event handoff.partner_events := p_event;
begin
  raise warning 'event % could not be applied: %', p_event.receipt, concat_ws(', ', p_sqlstate, nullif(p_constraint, ''));
  v_event.status := 'parked';
  v_event.reason := 'apply_error';
  v_event.error_code := p_sqlstate;
  return v_event;
end;
$$;

comment on function handoff_private.parked_by_fault(handoff.partner_events, text, text) is
  'The event, parked because of a fault of ours, which is a warning in the server''s log.';
