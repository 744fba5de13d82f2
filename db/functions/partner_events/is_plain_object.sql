-- Every key stands before a quote and a colon. When these are no more than the keys that jsonb kept, none stood twice.
-- A number of less than 200 digits, with an exponent of two, is in range.
create or replace function handoff_private.is_plain_object(p_text text, p_doc jsonb)
returns boolean
language sql
immutable
as $$
  select jsonb_typeof(p_doc) = 'object'
    and p_text !~ '[0-9][eE][+-]?[0-9]{3}'
    and length(p_text) - length(translate(p_text, '[{', '')) = 1
    and regexp_count(p_text, '"\s*:') = jsonb_array_length(jsonb_path_query_array(p_doc, '$.*'))
    and (length(p_text) < 200 or p_text !~ '[0-9]{200}')
$$;

comment on function handoff_private.is_plain_object(text, jsonb) is
  'True for a flat JSON object without a key that stands twice or a number out of range; false when that needs a closer look.';
