-- Lock order: profile.
-- Sessions and links end by the trigger end_access.
create or replace function handoff.correct_profile(p_profile_id uuid, p_email text, p_full_name text, p_reason text)
returns uuid
language plpgsql
volatile
security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_person handoff.profiles;
  v_email  text;
  v_name   text;
  v_other  uuid;
begin
  perform handoff_private.require_admin();
  perform handoff_private.begin_act('corrected', handoff_private.require_reason(p_reason));
  v_person := handoff_private.lock_person(p_profile_id);
  v_email := coalesce(handoff_private.stored_address(p_email), case when p_email is null then v_person.email end);
  v_name := coalesce(handoff_private.stored_name(p_full_name), case when p_full_name is null then v_person.full_name end);
  if v_email is null or v_name is null then
    perform handoff_private.refuse_details(case when v_email is null then 'email' else 'full_name' end);
  end if;
  v_other := handoff_private.profile_of_address(v_email);
  if (v_email, v_name) = (v_person.email, v_person.full_name) then
    return p_profile_id;
  elsif v_other <> p_profile_id then
    perform handoff_private.refuse_state(
      'profile', v_other, 'has this address', 'It is another person''s: merge them instead.'
    );
  end if;
  update handoff.profiles as p
  set
    email = v_email,
    full_name = v_name,
    former_details = p.former_details || array(
      select d.detail from unnest(array[p.email, p.full_name]) as d (detail) where d.detail not in (v_email, v_name)
    )
  where p.id = p_profile_id;
  perform handoff_private.record_act(p_profile_id);
  return p_profile_id;
exception
  when unique_violation then
    perform handoff_private.refuse_state(
      'profile', p_profile_id, 'address is taken', 'Somebody took this address just now, or it led to this person already.'
    );
    return null;
end;
$$;

comment on function handoff.correct_profile(uuid, text, text, text) is
  'Corrects address or name; null keeps what is there. Another address ends the person''s sessions and links. TH400, '
  'TH403, TH404, TH409 another person''s address.';
