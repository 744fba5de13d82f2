-- RFC 3339 by pattern first: timestamptz also takes now, tomorrow, infinity and times without a zone.
create or replace function handoff_private.is_time(p_value jsonb)
returns boolean
language plpgsql
stable
strict
set search_path = pg_catalog, pg_temp
as $$
begin
  if jsonb_typeof(p_value) <> 'string' or p_value #>> '{}' !~
    '^[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt][0-9]{2}:[0-9]{2}:[0-9]{2}([.][0-9]{1,9})?([Zz]|[+-][0-9]{2}:[0-9]{2})$'
  then
    return false;
  end if;
  perform (p_value #>> '{}')::timestamptz;
  return true;
exception
  when data_exception then
    return false;
end;
$$;

comment on function handoff_private.is_time(jsonb) is 'True for an RFC 3339 time that exists, with its zone.';
