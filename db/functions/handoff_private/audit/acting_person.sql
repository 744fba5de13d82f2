-- The webhook's and the worker's connections act for nobody: a claim set there must not sign what they do with a name.
-- PL/pgSQL, so that reading the claims is made ready only where a person acts.
create or replace function handoff_private.acting_person(p_role name)
returns uuid
language plpgsql
stable
as $$
begin
  if p_role in ('handoff_webhook', 'handoff_worker') or coalesce(current_setting('request.jwt.claims', true), '') = '' then
    return null;
  end if;
  return handoff.caller_id();
end;
$$;

comment on function handoff_private.acting_person(name) is
  'The person of the claims, where the role that acts is a person''s; else null.';
