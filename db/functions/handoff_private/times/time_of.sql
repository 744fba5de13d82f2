-- A leap second is read as the second after it. A time that is of the year 1 or 9999 in one zone and not in another is
-- none: no program could show it.
create or replace function handoff_private.time_of(p_value jsonb)
returns timestamptz
language plpgsql
stable
strict
as $$
declare
  v_time timestamptz;
begin
  if not handoff_private.is_rfc3339(p_value #>> '{}') then
    return null;
  end if;
  begin
    v_time := (p_value #>> '{}')::timestamptz;
  exception
    when data_exception then
      v_time := handoff_private.long_time_of(p_value #>> '{}');
  end;
  return case when v_time >= '0001-01-02 00:00:00+00' and v_time < '9999-12-31 00:00:00+00' then v_time end;
end;
$$;

comment on function handoff_private.time_of(jsonb) is
  'The time that a JSON string says as RFC 3339 does, with its zone; null when it says none, or one that does not '
  'exist.';
