create or replace function handoff_private.metric_names()
returns table (name text, type text, help text)
language sql
immutable
as $$
  values
    (
      'handoff_events_waiting', 'gauge',
      'Deliveries that are parked or rejected and not set aside, of the 1000 oldest and the 1000 newest.'
    ),
    ('handoff_events_waiting_oldest_timestamp_seconds', 'gauge', 'When the oldest of these deliveries came.'),
    ('handoff_events_due', 'gauge', 'Deliveries that are due to be tried again, up to 1000.'),
    ('handoff_partner_info', 'gauge', 'Always 1: a partner and its status.'),
    ('handoff_partner_last_event_timestamp_seconds', 'gauge', 'When a partner''s last authentic webhook came.'),
    (
      'handoff_webhook_refusals_total', 'counter',
      'Deliveries that were refused today, by the school''s day: they begin at 0 at its midnight.'
    ),
    (
      'handoff_partner_breaker_open', 'gauge',
      '1 while a partner is left alone because it could not be reached, until it was reached again; else 0.'
    ),
    ('handoff_partner_failures_in_a_row', 'gauge', 'How often in a row a partner could not be reached.'),
    (
      'handoff_outbox_messages', 'gauge',
      'Messages that are not settled; of each partner, and of all mails, the 500 that are due first.'
    ),
    (
      'handoff_outbox_oldest_due_timestamp_seconds', 'gauge',
      'Since when the oldest of these messages is due, or when it will be; those are left out that wait for a person.'
    ),
    (
      'handoff_outbox_undelivered', 'gauge',
      'Messages that are dead or in doubt; of each partner, and of all mails, the last 500.'
    ),
    ('handoff_outbox_undelivered_last_timestamp_seconds', 'gauge', 'When the last of these messages was given up.'),
    ('handoff_trail_reader_behind', 'gauge', 'Ids of the audit trail that a reader has not followed yet.'),
    ('handoff_trail_reader_moved_timestamp_seconds', 'gauge', 'When a reader of the audit trail last went on.'),
    (
      'handoff_steps', 'gauge',
      'Steps of students; those that are open count in active enrollments only. None before a worker has counted.'
    ),
    ('handoff_alerts_open', 'gauge', 'Alerts that are open, of the 1000 worst and oldest.'),
    ('handoff_worker_seen_timestamp_seconds', 'gauge', 'When a worker last looked for work, to half a minute.')
$$;

comment on function handoff_private.metric_names() is
  'The name of each figure of /metrics, its type as Prometheus knows it, and what it is.';
