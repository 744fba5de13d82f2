-- jsonb takes 1e400 and stores 401 digits; a number is in range when a double can hold it. With an exponent of two
-- digits it takes 200 digits more to get out of range.
create or replace function handoff_private.has_number_out_of_range(p_text text)
returns boolean
language plpgsql
immutable
as $$
begin
  if p_text !~ '[0-9][eE][+-]?[0-9]{3}|[0-9]{200}' then
    return false;
  end if;
  perform n.token[1]::float8
  from regexp_matches(handoff_private.without_strings(p_text), '-?[0-9]+(?:[.][0-9]+)?(?:[eE][+-]?[0-9]+)?', 'g') as n (token);
  return false;
exception
  when numeric_value_out_of_range then
    return true;
end;
$$;

comment on function handoff_private.has_number_out_of_range(text) is
  'True when a number of the JSON text does not fit a double.';
