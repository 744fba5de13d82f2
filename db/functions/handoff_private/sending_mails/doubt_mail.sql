-- Lock order: message.
create or replace function handoff_private.doubt_mail(p_message_id uuid, p_reason text)
returns void
language sql
volatile
as $$
  update handoff.outbox as o
  set
    status = 'unknown', detail = p_reason, settled_at = handoff.clock(), due_at = null, lease_token = null, lease_until = null
  where o.message_id = p_message_id
$$;

comment on function handoff_private.doubt_mail(uuid, text) is
  'A mail may have been sent already: it is left to an admin.';
