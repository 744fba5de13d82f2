-- The webhook's and the worker's connections act for nobody: a claim set there must not sign what they do with a name.
create or replace function handoff_private.acting_person()
returns uuid
language sql
stable
as $$
  select case
    when handoff_private.caller_role() not in ('handoff_webhook', 'handoff_worker') then handoff.caller_id()
  end
$$;

comment on function handoff_private.acting_person() is 'The person of the claims, where the role that acts is a person''s; else null.';
