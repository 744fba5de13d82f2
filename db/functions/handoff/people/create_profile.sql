-- Lock order: profile.
-- A second call never changes the person, so nobody is promoted by it.
create or replace function handoff.create_profile(p_email text, p_full_name text, p_role text default 'student')
returns uuid
language plpgsql
volatile
security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_email constant text := handoff_private.stored_address(p_email);
  v_name  constant text := handoff_private.stored_name(p_full_name);
  v_id    uuid;
begin
  perform handoff_private.require_admin();
  v_id := handoff_private.profile_of_address(p_email);
  if v_email is null and v_id is null then
    perform handoff_private.refuse_details('email');
  elsif v_name is null then
    perform handoff_private.refuse_details('full_name');
  elsif p_role is null or p_role not in ('student', 'admin') then
    perform handoff_private.refuse_details('role');
  end if;
  if v_id is not null then
    return v_id;
  end if;
  insert into handoff.profiles (email, full_name, role, created_at)
  values (v_email, v_name, p_role, handoff.clock())
  on conflict (email) do nothing
  returning id into v_id;
  return coalesce(v_id, handoff_private.profile_of_address(v_email));
end;
$$;

comment on function handoff.create_profile(text, text, text) is
  'The person with this e-mail address, made when new; an existing one is returned unchanged. TH400: details that can'
  ' not be right.';
