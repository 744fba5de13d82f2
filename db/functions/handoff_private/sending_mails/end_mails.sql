-- Lock order: message.
create or replace function handoff_private.end_mails()
returns void
language sql
volatile
as $$
  with ended as (
    select o.message_id
    from handoff.outbox as o
    where o.profile_id is not null and o.settled_at is null and o.expires_at <= (select handoff.clock())
      and o.status <> 'sending' and (o.lease_until is null or o.lease_until <= handoff.clock())
    order by o.expires_at
    limit 100
    for update skip locked
  )
  select handoff_private.cancel_message(e.message_id, 'expired') from ended as e
$$;

comment on function handoff_private.end_mails() is
  'Ends mails that are worth nothing any more: cancelled, or dead when they were tried.';
