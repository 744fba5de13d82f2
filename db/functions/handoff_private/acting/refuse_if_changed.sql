-- Lock order: profile.
-- Events of a student lock the profile as well, so nothing comes between the look and the act.
create or replace function handoff_private.refuse_if_changed(p_profile_id uuid, p_seen bigint)
returns void
language plpgsql
volatile
as $$
begin
  perform from handoff.profiles as p where p.id = p_profile_id for no key update;
  if handoff.person_version(p_profile_id) > p_seen then
    perform handoff_private.refuse_state(
      'person', p_profile_id, 'changed', 'Something has happened since the page was loaded. Look at it, then act.'
    );
  end if;
end;
$$;

comment on function handoff_private.refuse_if_changed(uuid, bigint) is
  'TH409 when something of the person has changed since p_seen, as person_version gave it; null: not asked.';
