-- A student asks for what is the student's own; of anybody else the answer is that there is nobody.
create or replace function handoff.profile_data(p_profile_id uuid)
returns jsonb
language plpgsql
stable
security definer
set search_path = pg_catalog, pg_temp
as $$
begin
  if handoff_private.caller_role() <> 'handoff_student' then
    perform handoff_private.require_admin();
  end if;
  if not exists (
    select
    from handoff.profiles as p
    where p.id = p_profile_id and (handoff_private.caller_role() <> 'handoff_student' or p.id = handoff.caller_id())
  ) then
    raise exception using
      errcode = 'TH404',
      message = 'unknown person',
      detail = jsonb_build_object('profile_id', p_profile_id)::text,
      hint = 'Give the id of a profile.';
  end if;
  return handoff_private.data_of_people(array(
    select p.id from handoff.profiles as p where p.id = p_profile_id or p.merged_into = p_profile_id
  ));
end;
$$;

comment on function handoff.profile_data(uuid) is
  'All that is known of a person, a list for each table. A student gets what is the student''s own. TH403, TH404.';
