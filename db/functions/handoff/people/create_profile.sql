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
  v_email text := lower(btrim(p_email));
  v_id    uuid;
begin
  perform handoff_private.require_admin();
  insert into handoff.profiles (email, full_name, role, created_at)
  values (v_email, btrim(p_full_name), p_role, handoff.clock())
  on conflict (email) do nothing
  returning id into v_id;
  if v_id is null then
    select p.id into strict v_id from handoff.profiles as p where p.email = v_email;
  end if;
  return v_id;
exception
  when check_violation or not_null_violation then
    raise exception using
      errcode = 'TH400',
      message = 'not a person''s details',
      detail = jsonb_build_object('violated', sqlerrm)::text,
      hint = 'Give an e-mail address, a name of 1 to 200 characters, and the role student or admin.';
end;
$$;

comment on function handoff.create_profile(text, text, text) is
  'The person with this e-mail address, made when new; an existing one is returned unchanged. TH400: details that can'
  ' not be right.';
