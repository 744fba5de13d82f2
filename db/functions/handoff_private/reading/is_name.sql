-- The space is spelled out, since what a regular expression takes for space depends on the database's locale.
create or replace function handoff_private.is_name(p_value jsonb, p_max_length integer)
returns boolean
language sql
immutable
as $$
  select jsonb_typeof(p_value) = 'string'
    and length(p_value #>> '{}') between 1 and p_max_length
    and p_value #>> '{}'
      !~ $re$^[ \u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]|[ \u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]\Z$re$
    and not handoff_private.has_hidden_character(p_value #>> '{}')
$$;

comment on function handoff_private.is_name(jsonb, integer) is
  'True for a JSON string of 1 to so many characters, without hidden characters or space around it; null for null.';
