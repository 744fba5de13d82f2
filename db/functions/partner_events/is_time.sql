-- RFC 3339 by pattern first: timestamptz also takes now, tomorrow, infinity, 24:00:00 and times without a zone. A leap
-- second is read as the second after it. What stands in every calendar need not be tried.
create or replace function handoff_private.is_time(p_value jsonb)
returns boolean
language sql
stable
as $$
  select jsonb_typeof(p_value) = 'string' and case
    when p_value #>> '{}' ~
      '^(19|20)[0-9]{2}-(0[1-9]|1[0-2])-([01][1-9]|10|2[0-8])[Tt]([01][0-9]|2[0-3])(:[0-5][0-9]){2}([.][0-9]{1,9})?([Zz]|[+-](0[0-9]|1[0-4]):[0-5][0-9])$'
      then true
    when p_value #>> '{}' ~
      '^[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt]([01][0-9]|2[0-3]):[0-9]{2}:[0-9]{2}([.][0-9]+)?([Zz]|[+-][0-9]{2}:[0-9]{2})$'
      then handoff_private.is_in_calendar(p_value #>> '{}')
    else false
  end
$$;

comment on function handoff_private.is_time(jsonb) is 'True for an RFC 3339 time that exists, with its zone.';
