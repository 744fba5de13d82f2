-- Under a secret that partners share, equal bytes at another of them are looked for. Where each has its own, the index is
-- empty.

-- squawk-ignore require-concurrent-index-creation
create index partner_events_shared on handoff.partner_events (body_sha256) where context ? 'shared_with';
comment on column handoff.partner_events.context is
  'Which secret verified it (its fingerprint), and the other partners who have that secret, if any; who sent the file.';

-- It judges by the same context, which comes as a last argument.
-- squawk-ignore ban-drop-function
drop function if exists handoff.judge_delivery(text, text, bytea);
