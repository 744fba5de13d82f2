create or replace function handoff_private.settled_by_reading(
  p_event handoff.partner_events, p_reason text, p_read handoff.partner_events default null
)
returns handoff.partner_events
language plpgsql
immutable
as $$
declare
  v_event handoff.partner_events := p_event;
begin
  v_event.status := case when p_reason = 'test_event' then 'ignored' else 'rejected' end;
  v_event.reason := p_reason;
  v_event.error_code := null;
  v_event.refused_field := p_read.refused_field;
  v_event.left_out := null;
  v_event.event_type := case
    when p_read.event_type is null or p_read.refused_field = 'event' then p_event.event_type
    else p_read.event_type
  end;
  if v_event.status = 'rejected' and p_read.refused_field not in ('event', 'student_id') then
    v_event.external_student_id := p_read.external_student_id;
  end if;
  v_event.meaning := coalesce(p_read.meaning, p_event.meaning);
  v_event.student_id := null;
  v_event.enrollment_id := null;
  v_event.step_id := null;
  return v_event;
end;
$$;

comment on function handoff_private.settled_by_reading(handoff.partner_events, text, handoff.partner_events) is
  'An event of which nothing is left to decide once its body was looked at: rejected, or a test. p_read: what could '
  'be read of it.';
