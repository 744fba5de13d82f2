-- Our functions run as the owner and say in a setting what they do, see begin_act. What anybody else changes is
-- direct, whatever the setting says.
create or replace function handoff_private.current_act()
returns handoff_private.act
language sql
stable
as $$
  select coalesce(
    case
      when current_user = 'handoff_owner' then nullif(current_setting('handoff.act', true), '')::handoff_private.act
    end,
    handoff_private.direct_act()
  )
$$;

comment on function handoff_private.current_act() is 'Why a status changes right now, and who changes it.';
