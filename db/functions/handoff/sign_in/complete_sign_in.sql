-- Lock order: sign-in link, session.
-- The UPDATE is the gate: of two uses of one link at the same time, one finds it unused.
create or replace function handoff.complete_sign_in(p_token_hash bytea, p_session_hash bytea)
returns table (profile_id uuid, role text)
language plpgsql
volatile
security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_now        timestamptz := handoff.clock();
  v_profile_id uuid;
begin
  update handoff.sign_in_links as l
  set used_at = v_now
  where l.token_hash = p_token_hash and l.used_at is null and l.created_at <= v_now and l.expires_at > v_now
  returning l.profile_id into v_profile_id;
  if not found then
    return;
  end if;
  delete from handoff.sessions as s where s.profile_id = v_profile_id and s.expires_at <= v_now;
  insert into handoff.sessions (session_hash, profile_id, created_at, expires_at)
  values (p_session_hash, v_profile_id, v_now, v_now + interval '12 hours');
  return query select p.id, p.role from handoff.profiles as p where p.id = v_profile_id;
end;
$$;

comment on function handoff.complete_sign_in(bytea, bytea) is
  'Uses a link once and opens a session of 12 hours; no row when the link is unknown, used or expired.';
