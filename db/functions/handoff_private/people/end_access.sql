-- Lock order: sign-in link, reach, session.
-- The caller holds: profile.
-- A trigger, so that a DBA's plain UPDATE ends them as well.
create or replace function handoff_private.end_access()
returns trigger
language plpgsql
volatile
set search_path = pg_catalog, pg_temp
as $$
begin
  if (old.email, old.disabled_at, old.merged_into) is distinct from (new.email, new.disabled_at, new.merged_into)
    or (old.role = 'admin' and new.role <> 'admin')
  then
    delete from handoff.sign_in_links as l where l.profile_id = new.id;
    delete from handoff.sessions as s where s.profile_id = new.id;
  end if;
  if old.email <> new.email then
    -- Somebody else may have chosen, who had the wrong address.
    delete from handoff.mail_preferences as m where m.profile_id = new.id;
  end if;
  return null;
end;
$$;

comment on function handoff_private.end_access() is
  'Ends every session and link of a person whose address changed or whose access was taken away; what was chosen at '
  'another address ends, too.';

create or replace trigger end_access
  after update of email, role, disabled_at, merged_into on handoff.profiles
  for each row execute function handoff_private.end_access();
