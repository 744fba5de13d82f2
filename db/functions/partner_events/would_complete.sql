-- Lock order: enrollments of the student by id. Decides as apply_event would, and changes nothing.
create or replace function handoff_private.would_complete(p_event handoff.partner_events, p_body bytea)
returns boolean
language plpgsql
volatile
set search_path = pg_catalog, pg_temp
as $$
declare
  v_event handoff.partner_events := p_event;
begin
  -- It has a body again, so it is read again: the event's own may be dropped by now.
  v_event.body := p_body;
  v_event.status := 'received';
  v_event.received_at := handoff.clock();
  v_event := handoff_private.read_event(v_event);
  if v_event.status = 'received' then
    perform handoff_private.lock_enrollments_of(v_event.student_id);
    v_event := handoff_private.decide_event(v_event);
  end if;
  return v_event.status = 'accepted' and v_event.reason in ('completed', 'completed_early');
end;
$$;

comment on function handoff_private.would_complete(handoff.partner_events, bytea) is
  'True when the body, delivered anew, would complete a step of its student.';
