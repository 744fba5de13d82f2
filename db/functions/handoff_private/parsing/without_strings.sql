create or replace function handoff_private.without_strings(p_text text)
returns text
language sql
immutable
as $$ select regexp_replace(p_text, $re$"([^"\\]|\\.)*"$re$, '""', 'g') $$;

comment on function handoff_private.without_strings(text) is
  'A JSON text with every string emptied, so that its brackets and numbers are all there is.';
