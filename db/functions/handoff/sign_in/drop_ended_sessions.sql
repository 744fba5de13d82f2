-- Lock order: sign-in link, message, session.
-- It waits for nobody.
create or replace function handoff.drop_ended_sessions(p_limit integer default 1000)
returns integer
language plpgsql
volatile
security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_before   timestamptz;
  v_links    integer;
  v_sessions integer;
  v_mails    integer;
begin
  perform handoff_private.require_admin();
  select handoff.clock() - make_interval(days => s.ended_sessions_days) into v_before from handoff.school as s;
  with old as (
    select l.token_hash
    from handoff.sign_in_links as l
    where l.expires_at < v_before
    limit greatest(p_limit, 0)
    for update skip locked
  )
  delete from handoff.sign_in_links as l using old as o where l.token_hash = o.token_hash;
  get diagnostics v_links = row_count;
  with old as (
    select s.session_hash
    from handoff.sessions as s
    where s.expires_at < v_before
    limit greatest(p_limit - v_links, 0)
    for update skip locked
  )
  delete from handoff.sessions as s using old as o where s.session_hash = o.session_hash;
  get diagnostics v_sessions = row_count;
  with old as (
    select o.message_id
    from handoff.outbox as o
    where o.kind = 'sign_in_link' and o.settled_at < v_before
      and not exists (select from handoff.mail_suppressions as s where s.message_id = o.message_id)
    limit greatest(p_limit - v_links - v_sessions, 0)
    for update skip locked
  )
  delete from handoff.outbox as m using old as o where m.message_id = o.message_id;
  get diagnostics v_mails = row_count;
  return v_links + v_sessions + v_mails;
end;
$$;

comment on function handoff.drop_ended_sessions(integer) is
  'Deletes so many sessions, sign-in links and mails with such a link that ended longer ago than the school keeps '
  'them; returns how many. None where the school has set no age. TH403.';
