-- Lock order: profile.
-- Sessions and links end by the trigger end_access.
create or replace function handoff.disable_profile(p_profile_id uuid, p_reason text)
returns text
language plpgsql
volatile
security definer
set search_path = pg_catalog, pg_temp
as $$
begin
  perform handoff_private.require_admin();
  perform handoff_private.begin_act('disabled', handoff_private.require_reason(p_reason));
  if (select p.disabled_at is null from handoff.profiles as p where p.id = p_profile_id) then
    perform handoff_private.keep_an_admin(p_profile_id);
  end if;
  if (handoff_private.lock_person(p_profile_id)).disabled_at is null then
    update handoff.profiles as p set disabled_at = handoff.clock() where p.id = p_profile_id;
    perform handoff_private.record_act(p_profile_id);
  end if;
  return 'disabled';
end;
$$;

comment on function handoff.disable_profile(uuid, text) is
  'Takes a person''s access away at once; events of a disabled student still apply. TH400, TH403, TH404, TH409 the '
  'last admin.';
