-- Lock order: account, profile, enrollments.
-- It decides as for a new event, and changes nothing. A completion that would wait for a person, an approval or the
-- end of a hold counts: as a duplicate it would be lost. The body of the event itself may be dropped by now.
create or replace function handoff_private.would_complete(p_event handoff.partner_events, p_body bytea)
returns boolean
language plpgsql
volatile
as $$
declare
  v_event handoff.partner_events := p_event;
begin
  v_event.body := p_body;
  v_event.received_at := handoff.clock();
  v_event := handoff_private.read_event(v_event);
  if v_event.status <> 'received' or v_event.meaning <> 'completion' or not coalesce(v_event.passed, true) then
    return false;
  end if;
  v_event := handoff_private.lock_who_is_meant(v_event);
  if v_event.status <> 'received' then
    return false;
  end if;
  v_event := handoff_private.decide_event(v_event);
  return v_event.reason in (
    'completed', 'completed_early', 'ambiguous', 'possible_repeat', 'awaiting_approval', 'on_hold'
  );
end;
$$;

comment on function handoff_private.would_complete(handoff.partner_events, bytea) is
  'True when the body, delivered anew, would complete an open step of its student, at once or later.';
