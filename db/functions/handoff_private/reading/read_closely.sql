-- An account that is stored is found by the form that it has, however odd; else by the composed form.
create or replace function handoff_private.read_closely(p_event handoff.partner_events, p_doc jsonb)
returns handoff.partner_events
language plpgsql
stable
as $$
declare
  v_event handoff.partner_events := p_event;
  v_type  handoff.partner_event_types;
  v_doc   jsonb;
  v_raw   text := case when jsonb_typeof(p_doc -> 'student_id') = 'string' then p_doc ->> 'student_id' end;
begin
  select t.*
  into v_type
  from handoff.partner_event_types as t
  where t.partner_slug = p_event.partner_slug and t.event_type = p_doc ->> 'event';
  v_doc := handoff_private.tidy_fields(
    p_event.body, p_doc, array_remove(array['student_id', 'enrollment_id', v_type.item_field], null),
    array_remove(array['event', 'completed_at', 'passed', v_type.pass_field, v_type.result_field], null)
  );
  -- A person or a file says of any training whether it was passed.
  if p_event.channel <> 'webhook' and v_type.meaning = 'completion' and v_doc ? 'passed'
    and (v_doc ? v_type.pass_field) is not true
  then
    v_type.pass_field := 'passed';
  end if;
  v_event.partner_completed_at := handoff_private.time_of(v_doc -> 'completed_at');
  v_event.partner_completed_day_only := p_event.channel <> 'webhook' and v_event.partner_completed_at is null
    and handoff_private.day_of(v_doc -> 'completed_at') is not null;
  if v_event.partner_completed_day_only then
    v_event.partner_completed_at := handoff_private.day_of(v_doc -> 'completed_at');
  end if;
  v_event.student_id := null;
  select a.student_id
  into v_event.student_id
  from handoff.partner_accounts as a
  where a.partner_slug = p_event.partner_slug and a.external_student_id = v_raw and a.student_id is not null;
  v_event.external_student_id := case when found then v_raw else v_doc ->> 'student_id' end;
  select f.reason, f.field
  into v_event.reason, v_event.refused_field
  from handoff_private.field_fault(v_doc, v_type, v_event.partner_completed_at, found) as f;
  v_event.left_out := array_remove(array[
    case when not handoff_private.is_name(v_doc -> 'enrollment_id', 255) then 'enrollment_id' end,
    case when not handoff_private.is_result(v_doc -> v_type.result_field) then v_type.result_field end
  ], null);
  v_doc := v_doc - v_event.left_out;
  v_event.left_out := nullif(v_event.left_out, '{}');
  v_event.meaning := v_type.meaning;
  v_event.event_type := v_doc ->> 'event';
  v_event.item_ref := v_doc ->> v_type.item_field;
  v_event.partner_enrollment_ref := v_doc ->> 'enrollment_id';
  v_event.passed := v_doc -> v_type.pass_field = 'true';
  v_event.result := v_doc ->> v_type.result_field;
  return v_event;
end;
$$;

comment on function handoff_private.read_closely(handoff.partner_events, jsonb) is
  'The event with the fields of its body, which needs more than a glance: the reason and the field for which it is '
  'refused, or its student, when the account is linked.';
