-- Lock order: profile.
create or replace function handoff_private.lock_person(p_profile_id uuid)
returns handoff.profiles
language plpgsql
volatile
as $$
declare
  v_person handoff.profiles;
begin
  select p.* into v_person from handoff.profiles as p where p.id = p_profile_id for no key update;
  if not found then
    raise exception using
      errcode = 'TH404',
      message = 'unknown person',
      detail = jsonb_build_object('profile_id', p_profile_id)::text,
      hint = 'Give the id of a profile.';
  elsif v_person.erased_at is not null then
    perform handoff_private.refuse_state('profile', p_profile_id, 'erased', 'This person was forgotten.');
  elsif v_person.merged_into is not null then
    perform handoff_private.refuse_state('profile', p_profile_id, 'merged', 'Name the person that it was merged into.');
  end if;
  return v_person;
end;
$$;

comment on function handoff_private.lock_person(uuid) is
  'A person, locked; TH404 when there is none, TH409 when it was erased or merged into another.';
