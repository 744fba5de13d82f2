-- What a monitor counts of the outbox: the messages that did not arrive, the last first.

-- squawk-ignore require-concurrent-index-creation
create index outbox_undelivered on handoff.outbox (partner_slug, settled_at, kind) where status in ('dead', 'unknown');
