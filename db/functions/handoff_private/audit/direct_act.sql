-- PL/pgSQL, so that who acts is looked up only where nothing else is known.
create or replace function handoff_private.direct_act()
returns handoff_private.act
language plpgsql
stable
as $$
begin
  return (
    'direct', null::text, null::uuid,
    handoff_private.caller_role()::text, handoff_private.acting_person(handoff_private.caller_role())
  )::handoff_private.act;
end;
$$;

comment on function handoff_private.direct_act() is 'The act of whoever changes a row without a function of ours.';
