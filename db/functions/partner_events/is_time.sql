-- RFC 3339 by pattern first: timestamptz also takes now, tomorrow, infinity, 24:00:00 and times without a zone. A leap
-- second is read as the second after it.
create or replace function handoff_private.is_time(p_value jsonb)
returns boolean
language plpgsql
stable
strict
as $$
begin
  if jsonb_typeof(p_value) <> 'string' or p_value #>> '{}' !~
    '^[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt]([01][0-9]|2[0-3]):[0-9]{2}:[0-9]{2}([.][0-9]+)?([Zz]|[+-][0-9]{2}:[0-9]{2})$'
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
