-- Lock order: message, breaker.
-- Before begin_sending nothing of the mail has left, so it can fail but be neither sent nor in doubt.
create or replace function handoff.settle_mail(
  p_message_id uuid, p_token uuid, p_result text, p_detail text default null
)
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
  if v_mail.lease_token is distinct from p_token or v_mail.due_at is null
    or (v_mail.status <> 'sending' and p_result in ('sent', 'unknown'))
  then
    update handoff.outbox as o set settled_late = o.settled_late + 1 where o.message_id = p_message_id;
    return 'late';
  end if;
  if v_mail.status <> 'sending' then
    v_mail.attempts := v_mail.attempts + 1;
  end if;
  v_mail := handoff_private.settled_mail(v_mail, p_result, p_detail);
  update handoff.outbox as o
  set
    status = v_mail.status, attempts = v_mail.attempts, due_at = v_mail.due_at, settled_at = v_mail.settled_at,
    detail = v_mail.detail, lease_token = null, lease_until = null
  where o.message_id = p_message_id;
  if p_result <> 'unknown' then
    perform handoff_private.note_mail_server(p_result <> 'unreachable');
  end if;
  return v_mail.status;
end;
$$;

comment on function handoff.settle_mail(uuid, uuid, text, text) is
  'How mailing went: sent, refused for good, failed or unreachable for now, unknown when all of it left and '
  'nothing was '
  'answered. Returns the mail''s status; late when somebody else has it by now.';
