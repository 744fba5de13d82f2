-- Lock order: message.
-- The address is the operator's own, and one at a time is enough.
create or replace function handoff.claim_alert_webhooks(p_lease interval)
returns setof handoff.claimed_message
language sql
volatile
security definer
set search_path = pg_catalog, pg_temp
as $$
  with due as (
    select o.message_id
    from handoff.outbox as o
    where o.kind = 'alert_webhook' and o.due_at <= handoff.clock() and o.status in ('pending', 'failed')
      and (o.lease_until is null or o.lease_until <= handoff.clock())
    order by o.due_at
    limit 1
    for update skip locked
  )
  update handoff.outbox as o
  set
    lease_token = gen_random_uuid(), lease_until = handoff.clock() + p_lease, body = coalesce(o.body, o.facts::text)
  from due as d
  where o.message_id = d.message_id
  returning o.message_id, o.key, o.lease_token, null::text, null::text, o.body
$$;

comment on function handoff.claim_alert_webhooks(interval) is
  'A message about an alert that is due, for this caller alone until the lease ends; its body has codes and numbers.';
