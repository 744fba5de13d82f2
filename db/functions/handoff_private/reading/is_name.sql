create or replace function handoff_private.is_name(p_value jsonb, p_max_length integer)
returns boolean
language sql
immutable
as $$
  select jsonb_typeof(p_value) = 'string'
    and length(p_value #>> '{}') <= p_max_length
    and p_value #>> '{}' ~ '^[^[:space:][:cntrl:]]([^[:cntrl:]]*[^[:space:][:cntrl:]])?$'
$$;

comment on function handoff_private.is_name(jsonb, integer) is
  'True for a JSON string of 1 to so many characters, without control characters or space around it; null for null.';
