-- Strings are never truthy: passed must be true or false. What is null or an empty text is gone already, and so is
-- what decides nothing and can't be used.
create or replace function handoff_private.field_fault(
  p_doc jsonb, p_type handoff.partner_event_types, p_time timestamptz, p_is_known boolean, out reason text, out field text
)
language sql
stable
as $$
  select f.reason, f.field
  from (
    values
      (1, 'missing_field', 'event', not p_doc ? 'event'),
      (2, 'bad_field', 'event', not handoff_private.is_name(p_doc -> 'event', 100)),
      (3, null, null, p_type.meaning is not distinct from 'test'),
      (4, 'missing_field', 'student_id', not p_doc ? 'student_id'),
      (5, 'missing_field', p_type.pass_field, not p_doc ? p_type.pass_field),
      (6, 'bad_field', 'student_id', not p_is_known and (
        jsonb_typeof(p_doc -> 'student_id') <> 'string' or handoff_private.stored_account(p_doc ->> 'student_id') is null
      )),
      (7, 'bad_field', p_type.item_field, not handoff_private.is_name(p_doc -> p_type.item_field, 255)),
      (8, 'bad_field', p_type.pass_field, jsonb_typeof(p_doc -> p_type.pass_field) <> 'boolean'),
      (9, 'bad_time', 'completed_at', p_doc ? 'completed_at' and p_time is null)
  ) as f (place, reason, field, is_so)
  where f.is_so
  order by f.place
  limit 1
$$;

comment on function handoff_private.field_fault(jsonb, handoff.partner_event_types, timestamptz, boolean) is
  'missing_field, bad_field or bad_time with the field, or nothing when the fields that decide this event can be used. '
  'p_time: what completed_at says; p_is_known: the student is known by the id as it is.';
