-- Without a backslash every quote is one of JSON's own, so as many of them as in what jsonb kept are as many keys:
-- none stood twice. jsonb writes every number out, and one that no double holds takes more than 300 digits.
create or replace function handoff_private.is_plain_object(p_text text, p_kept text)
returns boolean
language sql
immutable
as $$
  select p_text ~ $re$^\s*\{[^[{\\]*\Z$re$
    and cardinality(string_to_array(p_text, '"')) = cardinality(string_to_array(p_kept, '"'))
    and (length(p_kept) <= 300 or not handoff_private.has_number_out_of_range(p_text))
$$;

comment on function handoff_private.is_plain_object(text, text) is
  'True for a flat JSON object without a key that stands twice or a number out of range; false when that needs a '
  'closer look. p_kept: the same as jsonb writes it.';
