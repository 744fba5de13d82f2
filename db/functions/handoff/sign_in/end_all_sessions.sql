-- Lock order: profile, sign-in link, session.
-- The person is locked, so that a sign-in at the same time comes before or after, and is ended or wanted.
create or replace function handoff.end_all_sessions(p_session_hash bytea)
returns void
language plpgsql
volatile
security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_profile_id uuid;
begin
  select p.id
  into v_profile_id
  from handoff.sessions as s
  join handoff.profiles as p on p.id = s.profile_id
  where s.session_hash = p_session_hash and s.expires_at > handoff.clock()
  for no key update of p;
  delete from handoff.sign_in_links as l where l.profile_id = v_profile_id;
  delete from handoff.sessions as s where s.profile_id = v_profile_id or s.session_hash = p_session_hash;
end;
$$;

comment on function handoff.end_all_sessions(bytea) is
  'Signs the person of this session out everywhere, and ends the links that were mailed.';
