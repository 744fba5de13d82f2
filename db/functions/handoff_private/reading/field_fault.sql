-- Strings are never truthy: passed must be true or false. Members that are null are gone already.
create or replace function handoff_private.field_fault(
  p_doc jsonb, p_type handoff.partner_event_types, p_time timestamptz
)
returns text
language plpgsql
immutable
as $$
begin
  return case
    when not p_doc ? 'event' then 'missing_field'
    when not handoff_private.is_name(p_doc -> 'event', 100) then 'bad_field'
    when p_type.meaning = 'test' then null
    when not p_doc ? 'student_id' or (p_type.pass_field is not null and not p_doc ? p_type.pass_field)
      then 'missing_field'
    when not handoff_private.is_name(p_doc -> 'student_id', 255)
      or not coalesce(handoff_private.is_name(p_doc -> 'enrollment_id', 255), true)
      or not coalesce(handoff_private.is_name(p_doc -> p_type.item_field, 255), true)
      or not coalesce(jsonb_typeof(p_doc -> p_type.pass_field) = 'boolean', true)
      or not coalesce(handoff_private.is_result(p_doc -> p_type.result_field), true)
      then 'bad_field'
    when p_doc ? 'completed_at' and p_time is null then 'bad_time'
  end;
end;
$$;

comment on function handoff_private.field_fault(jsonb, handoff.partner_event_types, timestamptz) is
  'missing_field, bad_field or bad_time, or null when the fields that this event needs can be used. p_time: what '
  'completed_at says.';
