-- Lock order: profile, sign-in link.
-- Says yes or no to the shell only; a visitor is told the same either way. Five links an hour keep a mailbox usable.
create or replace function handoff.request_sign_in(p_email text, p_token_hash bytea)
returns boolean
language plpgsql
volatile
security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_now        timestamptz := handoff.clock();
  v_profile_id uuid;
begin
  -- Not to wait for the disk, which only a known address would: the time of the answer must not tell.
  perform set_config('synchronous_commit', 'off', true);
  select p.id into v_profile_id from handoff.profiles as p where p.email = lower(btrim(p_email)) for no key update;
  if not found or (
    select count(*) >= 5
    from handoff.sign_in_links as l
    where l.profile_id = v_profile_id and l.created_at > v_now - interval '1 hour'
  ) then
    return false;
  end if;
  delete from handoff.sign_in_links as l where l.profile_id = v_profile_id and l.created_at < v_now - interval '1 day';
  insert into handoff.sign_in_links (token_hash, profile_id, created_at, expires_at)
  values (p_token_hash, v_profile_id, v_now, v_now + interval '15 minutes');
  return true;
end;
$$;

comment on function handoff.request_sign_in(text, bytea) is
  'True when a link with this token is to be mailed: the address is known and has had fewer than five within the hour.';
