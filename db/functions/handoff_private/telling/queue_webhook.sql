-- Lock order: message.
create or replace function handoff_private.queue_webhook(p_alert_id uuid, p_event text, p_now timestamptz)
returns void
language sql
volatile
as $$
  insert into handoff.outbox (key, kind, facts, made_at, expires_at, due_at)
  select
    concat_ws(':', 'alert_webhook', p_alert_id, p_event), 'alert_webhook',
    (handoff_private.alert_facts(array[p_alert_id]) -> 'alerts' -> 0) || jsonb_build_object('event', p_event), p_now,
    p_now + handoff_private.sent_within('alert_webhook'), p_now
  on conflict (key) do nothing
$$;

comment on function handoff_private.queue_webhook(uuid, text, timestamptz) is
  'Puts a message about an alert, for the address that the operator has set, into the outbox, once.';
