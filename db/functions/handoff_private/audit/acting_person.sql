-- The webhook's and the worker's connections act for nobody: a claim set there must not sign what they do with a name.
create or replace function handoff_private.acting_person(p_role name)
returns uuid
language sql
stable
as $$
  select case
    when p_role not in ('handoff_webhook', 'handoff_worker')
      and coalesce(current_setting('request.jwt.claims', true), '') <> ''
      then handoff.caller_id()
  end
$$;

comment on function handoff_private.acting_person(name) is
  'The person of the claims, where the role that acts is a person''s; else null.';
