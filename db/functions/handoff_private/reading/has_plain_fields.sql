-- The event is known, so its name is as good as the one that we keep; so is the student's, or it is plain as well.
create or replace function handoff_private.has_plain_fields(
  p_doc jsonb, p_type handoff.partner_event_types, p_time timestamptz
)
returns boolean
language sql
stable
as $$
  select p_type.meaning <> 'test'
    and p_doc @@ '$.event.type() == "string" && $.student_id.type() == "string"
      && (!exists($.enrollment_id)
        || $.enrollment_id.type() == "string" && $.enrollment_id like_regex "^[!-~]{1,255}$")'
    and (p_time is not null or not p_doc ? 'completed_at')
    and (p_type.pass_field is null or jsonb_typeof(p_doc -> p_type.pass_field) = 'boolean')
    and (
      p_doc -> p_type.item_field is null
      or jsonb_typeof(p_doc -> p_type.item_field) = 'string' and p_doc ->> p_type.item_field ~ '^[!-~]+$'
        and length(p_doc ->> p_type.item_field) <= 255
    )
    and (
      p_doc -> p_type.result_field is null
      or jsonb_typeof(p_doc -> p_type.result_field) in ('number', 'string')
        and p_doc ->> p_type.result_field ~ '^[0-9A-Z][!-~]*$' and length(p_doc ->> p_type.result_field) <= 50
    )
$$;

comment on function handoff_private.has_plain_fields(jsonb, handoff.partner_event_types, timestamptz) is
  'True when the fields that this event brings, but for its student''s id, can be used as they are; anything else '
  'when that needs a closer look.';
