-- Lock order: profile, sign-in link.
-- Tells the shell only; a visitor is told the same either way. A sixth link is made only when one of five is used or
-- expired: that keeps the mailbox usable, and locks nobody out, whoever asked for the five.
create or replace function handoff.begin_sign_in(p_email text, p_token_hash bytea)
returns text
language plpgsql
volatile
security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_now    timestamptz;
  v_person handoff.profiles;
begin
  -- Not to wait for the disk, which only a known address would: the time of the answer must not tell.
  perform set_config('synchronous_commit', 'off', true);
  select p.*
  into v_person
  from handoff.profiles as p
  where p.id = handoff_private.profile_of_address(p_email)
  for no key update;
  v_now := handoff.clock();  -- under the lock, so that no link of another session lies ahead
  if v_person.id is null or v_person.disabled_at is not null or (
    select count(*) >= 5
    from handoff.sign_in_links as l
    where l.profile_id = v_person.id and l.used_at is null and l.created_at <= v_now and l.expires_at > v_now
  ) then
    return null;
  end if;
  delete from handoff.sign_in_links as l where l.profile_id = v_person.id and l.created_at < v_now - interval '1 day';
  insert into handoff.sign_in_links (token_hash, profile_id, created_at, expires_at)
  values (p_token_hash, v_person.id, v_now, v_now + interval '15 minutes');
  return v_person.email;
end;
$$;

comment on function handoff.begin_sign_in(text, bytea) is
  'The address to which a link with this token is to be mailed, as it is stored. Null: unknown, disabled, or five '
  'links can be used already.';
