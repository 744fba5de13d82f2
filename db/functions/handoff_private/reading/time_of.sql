-- A leap second is read as the second after it.
create or replace function handoff_private.time_of(p_value jsonb)
returns timestamptz
language plpgsql
stable
strict
as $$
begin
  if handoff_private.is_rfc3339(p_value #>> '{}') then
    return (p_value #>> '{}')::timestamptz;
  end if;
  return null;
exception
  when data_exception then
    return null;
end;
$$;

comment on function handoff_private.time_of(jsonb) is
  'The time that a JSON string says as RFC 3339 does, with its zone; null when it says none, or one that does not '
  'exist.';
