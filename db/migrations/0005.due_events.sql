-- Events that are due to be tried again, who asked for it, and what the lists and the partners' row look up.

alter table handoff.partner_events add column due_at timestamptz;
comment on column handoff.partner_events.due_at is
  'Since when it is to be tried again: what it waited for is corrected, or an admin asked. Null: not due.';
create index partner_events_due on handoff.partner_events (position) where due_at is not null;

-- The list of what needs a person is paged by time, newest first.
-- squawk-ignore require-concurrent-index-deletion
drop index handoff.partner_events_attention;
create index partner_events_attention on handoff.partner_events (received_at, receipt)
  where status in ('parked', 'rejected');
create index partner_event_conflicts_received on handoff.partner_event_conflicts (received_at, receipt, body_sha256);
-- First and last of a partner's deliveries, of each outcome.
create index partner_events_outcome on handoff.partner_events (partner_slug, reason, position) where channel = 'webhook';
-- What is older than the retention period; costs an insert next to nothing.
create index partner_events_received on handoff.partner_events using brin (received_at);

create table handoff.event_replays (
  id           bigint primary key generated always as identity,
  occurred_at  timestamptz not null,
  act          text not null,
  of_partner   text,
  of_status    text,
  of_reason    text,
  receipt      uuid references handoff.partner_events on delete restrict,
  events       integer not null,
  actor_role   text not null,
  actor_id     uuid references handoff.profiles on delete restrict,
  constraint event_replays_act_known check (act in ('marked', 'stopped', 'replayed')),
  constraint event_replays_one_names_event check ((act = 'replayed') = (receipt is not null))
);
create index event_replays_receipt on handoff.event_replays (receipt) where receipt is not null;
create index event_replays_actor on handoff.event_replays (actor_id) where actor_id is not null;
comment on table handoff.event_replays is
  'Who had events tried again, also where nothing came of it; append-only. What came of it is in step_transitions.';
comment on column handoff.event_replays.act is 'marked: many, by a filter; stopped: those still due were left parked; replayed: one.';
comment on column handoff.event_replays.of_partner is 'The filter as it was given; null: every partner.';
comment on column handoff.event_replays.events is 'How many it was about.';

-- Its result has one column more; the deploy makes it again.
-- squawk-ignore ban-drop-function
drop function if exists handoff.student_steps();
