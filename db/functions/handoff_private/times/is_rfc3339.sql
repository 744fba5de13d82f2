-- The shape alone, with hours that exist: timestamptz says which dates do, but also takes now, tomorrow, infinity,
-- 24:00:00 and times without a zone. A space for the T, +hh and +hhmm can mean nothing else.
create or replace function handoff_private.is_rfc3339(p_text text)
returns boolean
language sql
immutable
as $$
  select p_text
    ~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt ]([01][0-9]|2[0-3]):[0-9]{2}:[0-9]{2}([.][0-9]+)?([Zz]|[+-][0-9]{2}(:?[0-9]{2})?)$'
$$;

comment on function handoff_private.is_rfc3339(text) is
  'True for a text that looks like a time of RFC 3339, with its zone; null for null.';
