-- Lock order: account. Reading can't be refused by meaning: what can't be used comes back rejected or parked.
create or replace function handoff_private.read_event(p_event handoff.partner_events)
returns handoff.partner_events
language plpgsql
volatile
as $$
declare
  v_event handoff.partner_events := p_event;
  v_type  handoff.partner_event_types;
  v_body  record;
  v_doc   jsonb;
  v_fault text;
begin
  v_event.status := 'received';
  v_event.reason := null;
  v_event.error_code := null;
  v_event.student_id := null;
  v_event.enrollment_id := null;
  v_event.step_id := null;
  v_body := handoff_private.parse_body(p_event.body);
  v_doc := v_body.doc;
  v_fault := v_body.fault;
  if v_fault is null then
    select t.*
    into v_type
    from handoff.partner_event_types as t
    where t.partner_slug = p_event.partner_slug and t.event_type = v_doc ->> 'event';
    v_fault := handoff_private.field_fault(v_doc, v_type);
  end if;
  if v_fault is not null then
    v_event.status := 'rejected';
    v_event.reason := v_fault;
    return v_event;
  end if;
  v_event.event_type := v_doc ->> 'event';
  v_event.meaning := v_type.meaning;
  if v_type.meaning = 'test' then
    v_event.status := 'ignored';
    v_event.reason := 'test_event';
    return v_event;
  end if;
  v_event.external_student_id := v_doc ->> 'student_id';
  v_event.partner_enrollment_ref := v_doc ->> 'enrollment_id';
  v_event.partner_completed_at := (v_doc ->> 'completed_at')::timestamptz;
  v_event.item_ref := v_doc ->> v_type.item_field;
  v_event.passed := (v_doc ->> v_type.pass_field)::boolean;
  v_event.result := v_doc ->> v_type.result_field;
  return handoff_private.identify_event(v_event);
end;
$$;

comment on function handoff_private.read_event(handoff.partner_events) is
  'The event with the fields of its body and its student: still received, or rejected, ignored or parked with the reason.';
