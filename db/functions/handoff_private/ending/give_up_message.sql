-- Lock order: message.
-- That a partner was not told counts as its refusal. Answers are locked before messages, so that is left to
-- end_messages, which comes within seconds.
create or replace function handoff_private.give_up_message(p_message_id uuid)
returns void
language sql
volatile
as $$
  update handoff.outbox as o
  set
    status = case when o.partner_slug is null then 'dead' else o.status end,
    settled_at = case when o.partner_slug is null then handoff.clock() end,
    due_at = case when o.partner_slug is not null then o.due_at end,
    detail = coalesce(o.detail, 'expired'), lease_token = null, lease_until = null
  where o.message_id = p_message_id
$$;

comment on function handoff_private.give_up_message(uuid) is
  'Tried until it expired: dead, with why the last try failed. A message to a partner is free for end_messages.';
