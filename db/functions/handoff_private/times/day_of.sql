-- Noon is within the day in whichever zone it is read again.
create or replace function handoff_private.day_of(p_value jsonb)
returns timestamptz
language plpgsql
stable
strict
as $$
begin
  if p_value #>> '{}' !~ '^(?!0001-01-01|9999-12-3)[0-9]{4}-[0-9]{2}-[0-9]{2}$' then
    return null;
  end if;
  return ((p_value #>> '{}')::date + time '12:00') at time zone handoff_private.school_zone();
exception
  when data_exception then
    return null;
end;
$$;

comment on function handoff_private.day_of(jsonb) is
  'Noon, in the school''s zone, of the day that a JSON string names as 2026-11-22; null when it names none.';
