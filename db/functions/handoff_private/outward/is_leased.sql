create or replace function handoff_private.is_leased(p_message handoff.outbox, p_token uuid)
returns boolean
language sql
volatile
as $$
  select coalesce(
    p_message.lease_token = p_token and p_message.lease_until > handoff.clock() and p_message.status <> 'sending', false
  )
$$;

comment on function handoff_private.is_leased(handoff.outbox, uuid) is
  'Whether the worker with this lease has it still, and nothing of the message has left.';
