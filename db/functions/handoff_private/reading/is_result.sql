create or replace function handoff_private.is_result(p_value jsonb)
returns boolean
language sql
immutable
strict
as $$
  select case jsonb_typeof(p_value)
    when 'number' then (p_value #>> '{}')::numeric >= 0 and length(p_value #>> '{}') <= 50
    else handoff_private.is_name(p_value, 50)
  end
$$;

comment on function handoff_private.is_result(jsonb) is
  'True for a score that is not negative, or a grade of at most 50 characters.';
