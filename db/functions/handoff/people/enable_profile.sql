-- Lock order: profile.
create or replace function handoff.enable_profile(p_profile_id uuid, p_reason text)
returns text
language plpgsql
volatile
security definer
set search_path = pg_catalog, pg_temp
as $$
begin
  perform handoff_private.require_admin();
  perform handoff_private.begin_act('enabled', handoff_private.require_reason(p_reason));
  if (handoff_private.lock_person(p_profile_id)).disabled_at is not null then
    update handoff.profiles as p set disabled_at = null where p.id = p_profile_id;
    perform handoff_private.record_act(p_profile_id);
  end if;
  return 'active';
end;
$$;

comment on function handoff.enable_profile(uuid, text) is
  'Gives a disabled person access again. TH400, TH403, TH404, TH409 erased or merged.';
