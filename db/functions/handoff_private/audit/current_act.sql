-- Our functions run as the owner and say in a setting what they do (see begin_act); what anybody else changes is direct,
-- whatever the setting says.
create or replace function handoff_private.current_act()
returns handoff_private.act
language plpgsql
stable
as $$
declare
  v_act handoff_private.act;
begin
  if current_user = 'handoff_owner' then
    v_act := nullif(current_setting('handoff.act', true), '')::handoff_private.act;
  end if;
  if v_act.cause is null then
    v_act := (
      'direct', null::text, null::uuid,
      handoff_private.caller_role()::text, handoff_private.acting_person(handoff_private.caller_role())
    );
  end if;
  return v_act;
end;
$$;

comment on function handoff_private.current_act() is 'Why a status changes right now, and who changes it.';
