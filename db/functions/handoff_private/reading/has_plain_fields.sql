-- Event and student are known, so their names are as good as those that we keep.
create or replace function handoff_private.has_plain_fields(
  p_doc jsonb, p_type handoff.partner_event_types, p_time timestamptz
)
returns boolean
language sql
stable
as $$
  select p_type.meaning <> 'test'
    and p_type.pass_field is null
    and p_type.result_field is null
    and p_doc @@ '$.event.type() == "string" && $.student_id.type() == "string" && !exists($.enrollment_id)'
    and (p_time is not null or not p_doc ? 'completed_at')
    and (
      p_doc -> p_type.item_field is null
      or p_doc -> p_type.item_field @@ 'strict $ like_regex "^[^\\s[:cntrl:]]+$"'
        and octet_length(p_doc ->> p_type.item_field) <= 255
    )
$$;

comment on function handoff_private.has_plain_fields(jsonb, handoff.partner_event_types, timestamptz) is
  'True when the fields that this event of a known student needs can be used; anything else when that needs a closer '
  'look.';
