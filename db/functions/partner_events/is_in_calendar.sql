create or replace function handoff_private.is_in_calendar(p_time text)
returns boolean
language plpgsql
stable
as $$
begin
  return p_time::timestamptz is not null;
exception
  when data_exception then
    return false;
end;
$$;

comment on function handoff_private.is_in_calendar(text) is 'True when the time, written as RFC 3339, exists.';
