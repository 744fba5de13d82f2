-- Of a known event type and a known student, so their names are as good as those that we keep. An item's name with a space in
-- it is as good as any; field_fault says so.
create or replace function handoff_private.has_plain_fields(p_doc jsonb, p_type handoff.partner_event_types)
returns boolean
language sql
stable
as $$
  select p_type.pass_field is null
    and p_type.result_field is null
    and p_doc @@ '$.event.type() == "string" && $.student_id.type() == "string" && (!exists($.completed_at) || $.completed_at.type() == "string")'
    and handoff_private.is_rfc3339(p_doc ->> 'completed_at') is not false
    and (
      p_doc -> p_type.item_field is null
      or p_doc -> p_type.item_field @@ 'strict $ like_regex "^[^\\s[:cntrl:]]+$"' and octet_length(p_doc ->> p_type.item_field) <= 255
    )
$$;

comment on function handoff_private.has_plain_fields(jsonb, handoff.partner_event_types) is
  'True when the fields that this event of a known student needs can be used; anything else when that needs a closer look.';
