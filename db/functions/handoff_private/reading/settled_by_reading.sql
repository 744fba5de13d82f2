create or replace function handoff_private.settled_by_reading(
  p_event handoff.partner_events, p_status text, p_reason text, p_event_type text default null, p_meaning text default null
)
returns handoff.partner_events
language plpgsql
immutable
as $$
declare
  v_event handoff.partner_events := p_event;
begin
  v_event.status := p_status;
  v_event.reason := p_reason;
  v_event.error_code := null;
  v_event.event_type := coalesce(p_event_type, p_event.event_type);
  v_event.meaning := coalesce(p_meaning, p_event.meaning);
  v_event.student_id := null;
  v_event.enrollment_id := null;
  v_event.step_id := null;
  return v_event;
end;
$$;

comment on function handoff_private.settled_by_reading(handoff.partner_events, text, text, text, text) is
  'An event of which nothing is left to decide once its body was looked at: rejected, or a test.';
