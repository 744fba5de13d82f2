-- Lock order: answer, message, queue, breaker.
-- A message whose answer can't be settled, for a fault of ours, loses its worker each time: it waits like any other.
create or replace function handoff.take_back_leases()
returns integer
language sql
volatile
security definer
set search_path = pg_catalog, pg_temp
as $$
  select handoff_private.end_messages();
  select handoff_private.mark_queues();
  select handoff_private.mark_mails();
  select handoff_private.forget_idle_breakers();
  with ended as (
    select o.message_id
    from handoff.outbox as o
    where o.lease_token is not null and o.lease_until <= handoff.clock()
    for update skip locked
  ),
  freed as (
    update handoff.outbox as o
    set
      lease_token = null, lease_until = null,
      status = case
        when o.status <> 'sending' then o.status
        when o.profile_id is not null then 'unknown'
        else 'failed'
      end,
      due_at = case
        when o.status <> 'sending' then o.due_at
        when o.profile_id is null then handoff.clock() + handoff_private.back_off(o.attempts)
      end,
      settled_at = case when o.status = 'sending' and o.profile_id is not null then handoff.clock() end,
      detail = case o.status when 'sending' then 'its worker was lost before it told how it went' else o.detail end
    from ended as e
    where o.message_id = e.message_id
    returning o.message_id
  )
  select count(*)::integer from freed
$$;

comment on function handoff.take_back_leases() is
  'Frees what a worker was at that is gone: its lease has ended. A POST under way is sent again, under its key, '
  'after a pause; a mail under way may have arrived, so it is in doubt. Returns how many. Gives up what was tried '
  'until it expired. Notes for the next claims how far back they have to look.';
