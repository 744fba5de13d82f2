-- What is looked for when alerts are listed and told of. Both tables are small: their indexes are made under the deploy's lock.

-- squawk-ignore require-concurrent-index-deletion
drop index handoff.alerts_open;
create index alerts_open on handoff.alerts (severity desc, opened_at, id) where closed_at is null;
create index alerts_untold on handoff.alerts (severity) where closed_at is null and notified_at is null and digested_at is null;
create index outbox_alert_webhooks on handoff.outbox (due_at) where kind = 'alert_webhook' and due_at is not null;

-- Another argument says whether somebody has set an address to be told.
-- squawk-ignore ban-drop-function
drop function if exists handoff.sweep_alerts();
