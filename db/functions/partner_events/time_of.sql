-- RFC 3339 by its shape first: timestamptz also takes now, tomorrow, infinity, 24:00:00 and times without a zone. A leap
-- second is read as the second after it. The usual shapes cost less than the pattern that has them all.
create or replace function handoff_private.time_of(p_value jsonb)
returns timestamptz
language plpgsql
stable
strict
as $$
declare
  v_text constant text := p_value #>> '{}';
begin
  if translate(v_text, '123456789', '000000000') not in ('0000-00-00T00:00:00Z', '0000-00-00T00:00:00+00:00')
    and v_text !~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt][0-9]{2}:[0-9]{2}:[0-9]{2}([.][0-9]+)?([Zz]|[+-][0-9]{2}:[0-9]{2})$'
    or substr(v_text, 12, 2) = '24'
  then
    return null;
  end if;
  return v_text::timestamptz;
exception
  when data_exception then
    return null;
end;
$$;

comment on function handoff_private.time_of(jsonb) is 'The time that a JSON string says as RFC 3339 does, with its zone; null when it says none, or one that does not exist.';
