-- Lock order: profile.
-- Sessions and links end by the trigger end_access.
-- A student who is under way stays one: the partners' events find students only.
create or replace function handoff.set_profile_role(p_profile_id uuid, p_role text, p_reason text)
returns text
language plpgsql
volatile
security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_person handoff.profiles;
begin
  perform handoff_private.require_admin();
  perform handoff_private.begin_act('became_' || p_role, handoff_private.require_reason(p_reason));
  if p_role is null or p_role not in ('student', 'admin') then
    perform handoff_private.refuse_details('role');
  end if;
  if p_role <> 'admin' then
    perform handoff_private.keep_an_admin(p_profile_id);
  end if;
  v_person := handoff_private.lock_person(p_profile_id);
  if v_person.role = p_role then
    return p_role;
  elsif exists (
    select
    from handoff.enrollments as e
    where e.student_id = p_profile_id and e.status in ('pending', 'active', 'on_hold')
  ) then
    perform handoff_private.refuse_state('profile', p_profile_id, 'enrolled', 'Withdraw the open enrollments first.');
  end if;
  update handoff.profiles as p set role = p_role where p.id = p_profile_id;
  perform handoff_private.record_act(p_profile_id);
  return p_role;
end;
$$;

comment on function handoff.set_profile_role(uuid, text, text) is
  'Makes a person a student or an admin; ends the person''s sessions and links. TH400, TH403, TH404, TH409 the last '
  'admin, or under way.';
