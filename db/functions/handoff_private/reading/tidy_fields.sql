-- The raw text tells 7 from 7.0 and 1000 from 1e3; jsonb does not.
create or replace function handoff_private.tidy_fields(p_body bytea, p_doc jsonb, p_ids text[], p_others text[])
returns jsonb
language sql
immutable
as $$
  select coalesce(
    jsonb_object_agg(
      m.key,
      case
        when m.key <> all (p_ids) then p_doc -> m.key
        when json_typeof(m.value) = 'string' then to_jsonb(normalize(m.value #>> '{}', nfc))
        when json_typeof(m.value) = 'number' and m.value::text ~ '^[0-9]{1,18}$' then to_jsonb(m.value::text)
        else p_doc -> m.key
      end
    ),
    '{}'
  )
  from json_each(convert_from(handoff_private.without_mark(p_body), 'UTF8')::json) as m
  where m.key = any (p_ids || p_others) and p_doc ? m.key and p_doc ->> m.key <> ''
$$;

comment on function handoff_private.tidy_fields(bytea, jsonb, text[], text[]) is
  'Of the JSON object in a body the fields that are asked for, without empty texts; ids are composed (NFC), and whole '
  'numbers among them are text.';
