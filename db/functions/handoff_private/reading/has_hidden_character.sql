-- Spelled out, since the classes of a regular expression depend on the database's locale: control characters, line
-- and paragraph separators, and what Unicode calls format characters (category Cf).
create or replace function handoff_private.has_hidden_character(p_text text)
returns boolean
language sql
immutable
as $$
  select p_text ~ ($re$[\u0001-\u001f\u007f-\u009f\u00ad\u0600-\u0605\u061c\u06dd\u070f\u0890-\u0891\u08e2\u180e\u200b-\u200f$re$
    || $re$\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\U000110bd\U000110cd\U00013430-\U0001343f\U0001bca0-\U0001bca3$re$
    || $re$\U0001d173-\U0001d17a\U000e0001\U000e0020-\U000e007f]$re$)
$$;

comment on function handoff_private.has_hidden_character(text) is
  'True when a text holds a control or format character, which nobody sees.';
