-- Lock order: message.
-- By its id alone. With the lease or the status named as well, the planner would rather read all of the small index of
-- what is under way, and under a long snapshot that is full of dead entries.
create or replace function handoff_private.lock_message(p_message_id uuid)
returns handoff.outbox
language sql
volatile
as $$
  select o.* from handoff.outbox as o where o.message_id = p_message_id for update
$$;

comment on function handoff_private.lock_message(uuid) is
  'A message as it is now, for this transaction alone; null when there is none. Who holds its lease is for the caller '
  'to see.';
