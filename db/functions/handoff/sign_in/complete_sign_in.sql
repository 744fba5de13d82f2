-- Lock order: profile, sign-in link, session.
-- The UPDATE is the gate: of two uses of one link at the same time, one finds it unused. The person is locked first, so
-- that no session is opened beside an act that ends them all.
create or replace function handoff.complete_sign_in(p_token_hash bytea, p_session_hash bytea)
returns table (profile_id uuid, role text)
language plpgsql
volatile
security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_now    timestamptz := handoff.clock();
  v_person handoff.profiles;
begin
  select p.*
  into v_person
  from handoff.sign_in_links as l
  join handoff.profiles as p on p.id = l.profile_id
  where l.token_hash = p_token_hash
  for no key update of p;
  update handoff.sign_in_links as l
  set used_at = v_now
  where l.token_hash = p_token_hash and l.used_at is null and l.created_at <= v_now and l.expires_at > v_now
    and v_person.disabled_at is null;
  if not found then
    return;
  end if;
  -- Used up and not deleted: profile_data tells that they were asked for.
  update handoff.sign_in_links as l
  set used_at = greatest(v_now, l.created_at)
  where l.profile_id = v_person.id and l.used_at is null;
  delete from handoff.sessions as s where s.profile_id = v_person.id and s.expires_at <= v_now;
  insert into handoff.sessions (session_hash, profile_id, created_at, expires_at)
  values (p_session_hash, v_person.id, v_now, v_now + interval '12 hours');
  return query select v_person.id, v_person.role;
end;
$$;

comment on function handoff.complete_sign_in(bytea, bytea) is
  'Uses a link once, with it the person''s other links, and opens a session of 12 hours; no row when the link is '
  'unknown, used or expired.';
