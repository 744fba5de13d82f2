-- Lock order: message.
-- A worker with another SECRET_KEY than the pages' would mail links that open nothing. The link is left to one that has
-- the right one.
create or replace function handoff.prepare_mail(p_message_id uuid, p_token uuid, p_body text, p_token_hash bytea default null)
returns text
language plpgsql
volatile
security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_mail handoff.outbox;
begin
  v_mail := handoff_private.lock_message(p_message_id);
  if v_mail.profile_id is null or not handoff_private.is_leased(v_mail, p_token) then
    return 'late';
  end if;
  if v_mail.kind = 'sign_in_link' and exists (
    select
    from handoff.sign_in_links as l
    where l.link_id = (v_mail.facts ->> 'link')::uuid and l.token_hash is distinct from p_token_hash
  ) then
    update handoff.outbox as o
    set
      lease_token = null, lease_until = null, due_at = handoff.clock() + interval '5 seconds',
      detail = 'the worker''s SECRET_KEY is not that of the pages'
    where o.message_id = p_message_id;
    return 'wrong_key';
  end if;
  update handoff.outbox as o set body = coalesce(o.body, p_body) where o.message_id = p_message_id;
  return 'ready';
end;
$$;

comment on function handoff.prepare_mail(uuid, uuid, text, bytea) is
  'Keeps a mail as it was written, where it was not written before. ready; late when the lease has ended; wrong_key '
  'when p_token_hash is not that of the link to sign in: then nothing may leave.';
