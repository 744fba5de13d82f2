-- Of a known event type: its name is as one must be. Strict, since otherwise ["a"] would pass for "a". Names with a space in them,
-- or of more than 255 bytes together, are as good as any; field_fault says so.
create or replace function handoff_private.has_plain_fields(p_doc jsonb, p_type handoff.partner_event_types)
returns boolean
language sql
stable
as $$
  select p_type.meaning <> 'test'
    and p_doc @@ 'strict $.event.type() == "string" && $.student_id like_regex "^[^\\s[:cntrl:]]+$"'
    and (p_doc -> p_type.item_field is null or p_doc -> p_type.item_field @@ 'strict $ like_regex "^[^\\s[:cntrl:]]+$"')
    and not p_doc ? 'enrollment_id'
    and octet_length(concat(p_doc ->> 'student_id', p_doc ->> p_type.item_field)) <= 255
    and p_type.pass_field is null
    and p_type.result_field is null
$$;

comment on function handoff_private.has_plain_fields(jsonb, handoff.partner_event_types) is
  'True when the fields that this event needs can be used, apart from its time; anything else when that needs a closer look.';
