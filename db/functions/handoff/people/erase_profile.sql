-- Lock order: reader, import, account, profile, enrollments, event, steps, certificate, answer, message, reach.
-- The trail is not followed meanwhile: a message that was made and claimed behind our back would keep name and address.
-- Whoever was merged into the person is forgotten as well. What was done, by whom and when, stays.
create or replace function handoff.erase_profile(p_profile_id uuid, p_reason text)
returns void
language plpgsql
volatile
security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_reason text;
  v_person handoff_private.forgotten;
begin
  perform handoff_private.require_admin();
  v_reason := handoff_private.require_reason(p_reason);
  if exists (select from handoff.profiles as p where p.id = p_profile_id and p.erased_at is not null) then
    return;
  end if;
  perform from handoff.trail_readers as r where r.name = 'messages' for update;
  perform from handoff.imports as i where i.dropped_at is null order by i.id for no key update;
  perform handoff_private.take_accounts(p_profile_id);
  perform handoff_private.keep_an_admin(p_profile_id);
  perform handoff_private.lock_person(p_profile_id);
  perform handoff_private.lock_enrollments_of(p_profile_id);
  v_person := handoff_private.person_to_forget(p_profile_id);
  v_person.namesakes := handoff_private.namesakes_of(v_person);
  v_reason := handoff_private.erased_reason(v_person, v_reason);
  perform handoff_private.erase_events(v_person);
  perform handoff_private.erase_conflicts(v_person);
  perform handoff_private.erase_contexts(v_person);
  perform handoff_private.erase_reasons(v_person);
  perform handoff_private.erase_records(v_person);
  perform handoff_private.erase_imports(v_person);
  perform handoff_private.erase_messages(v_person);
  perform handoff_private.erase_reach(v_person);
  perform handoff_private.begin_act('erased', v_reason);
  perform handoff_private.record_act(p_profile_id);
end;
$$;

comment on function handoff.erase_profile(uuid, text) is
  'Forgets a person: name, address, accounts, bodies and reasons go from every table; who did what and when stays. A '
  'second call changes nothing. TH400, TH403, TH404, TH409 the last admin, or merged.';
