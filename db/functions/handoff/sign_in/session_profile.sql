create or replace function handoff.session_profile(p_session_hash bytea)
returns table (profile_id uuid, role text, full_name text, email text)
language sql
volatile
security definer
set search_path = pg_catalog, pg_temp
as $$
  select p.id, p.role, p.full_name, p.email
  from handoff.sessions as s
  join handoff.profiles as p on p.id = s.profile_id
  where s.session_hash = p_session_hash and s.expires_at > (select handoff.clock()) and p.disabled_at is null
$$;

comment on function handoff.session_profile(bytea) is
  'Who is signed in with this session; no row when it is unknown or over.';
