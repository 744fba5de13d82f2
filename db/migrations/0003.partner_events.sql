-- What partners send, and the audit trail of what came of it.

create table handoff.partner_accounts (
  partner_slug        text not null references handoff.partners on update cascade on delete restrict,
  external_student_id text not null,
  student_id          uuid references handoff.profiles on delete restrict,
  linked_at           timestamptz,
  primary key (partner_slug, external_student_id),
  constraint partner_accounts_external_id_shape check (
    length(external_student_id) between 1 and 255 and external_student_id !~ '[[:cntrl:]]'
  ),
  constraint partner_accounts_linked_in_full check ((student_id is null) = (linked_at is null))
);
create index partner_accounts_student on handoff.partner_accounts (student_id) where student_id is not null;
comment on table handoff.partner_accounts is 'A partner''s id of a student. A link is never moved to another student.';
comment on column handoff.partner_accounts.student_id is
  'Null: an event named an account that nobody knows yet. The row is what the event and the link both lock.';

create table handoff.partner_events (
  receipt                uuid primary key default gen_random_uuid(),
  position               bigint not null generated always as identity,
  partner_slug           text not null references handoff.partners on update cascade on delete restrict,
  event_key              text not null,
  repetition             integer not null default 0,
  channel                text not null,
  context                jsonb not null,
  body                   bytea,
  body_sha256            bytea not null,
  received_at            timestamptz not null,
  seen                   integer not null default 1,
  last_seen_at           timestamptz not null,
  status                 text not null default 'received',
  reason                 text,
  first_outcome          text,
  error_code             text,
  event_type             text,
  meaning                text,
  external_student_id    text,
  item_ref               text,
  partner_enrollment_ref text,
  partner_completed_at   timestamptz,
  passed                 boolean,
  result                 text,
  student_id             uuid references handoff.profiles on delete restrict,
  enrollment_id          uuid references handoff.enrollments on delete restrict,
  step_id                uuid,
  foreign key (step_id, enrollment_id) references handoff.enrollment_steps (id, enrollment_id) on delete restrict,
  constraint partner_events_key_unique unique (partner_slug, event_key, repetition),
  constraint partner_events_key_shape check (length(event_key) between 1 and 255 and event_key !~ '[^ -~]'),
  constraint partner_events_repetition_positive check (repetition >= 0),
  constraint partner_events_channel_known check (channel in ('webhook', 'csv', 'evidence', 'manual')),
  constraint partner_events_context_object check (jsonb_typeof(context) = 'object'),
  constraint partner_events_body_size check (octet_length(body) <= 65536),
  constraint partner_events_hash_size check (octet_length(body_sha256) = 32),
  constraint partner_events_seen_positive check (seen > 0 and last_seen_at >= received_at),
  constraint partner_events_outcome_known check (
    case status
      when 'received' then reason is null
      when 'accepted' then reason in (
        'completed', 'completed_early', 'progress', 'attempt_failed', 'evidence', 'acknowledged'
      )
      when 'ignored' then reason in ('already_completed', 'stale_progress', 'late_failure', 'test_event')
      when 'parked' then reason in (
        'unknown_student', 'no_enrollment', 'ambiguous', 'unmapped_course', 'unknown_event_type', 'awaiting_approval',
        'on_hold', 'withdrawn', 'time_review', 'possible_repeat', 'partner_disabled', 'apply_error'
      )
      when 'rejected' then reason in (
        'bad_json', 'bad_encoding', 'duplicate_key', 'too_deep', 'number_range', 'bad_string', 'not_an_object',
        'empty_body', 'missing_field', 'bad_field', 'bad_time'
      )
      else false
    end is true
  ),
  constraint partner_events_first_outcome_kept check ((status = 'received') = (first_outcome is null)),
  constraint partner_events_error_code_of_fault check ((error_code is not null) = (reason is not distinct from 'apply_error')),
  constraint partner_events_step_of_enrollment check (step_id is null or enrollment_id is not null),
  constraint partner_events_completion_names_step check (
    reason is null or reason not in ('completed', 'completed_early') or step_id is not null
  )
);
create index partner_events_student on handoff.partner_events (student_id, partner_slug, position) where student_id is not null;
create index partner_events_enrollment on handoff.partner_events (enrollment_id) where enrollment_id is not null;
create index partner_events_step on handoff.partner_events (step_id) where step_id is not null;
create index partner_events_waiting on handoff.partner_events (partner_slug, external_student_id)
  where status = 'parked';
create index partner_events_attention on handoff.partner_events (position) where status in ('parked', 'rejected');
comment on table handoff.partner_events is
  'The inbox: every authentic delivery, raw, once per partner and key, for ever. The columns from event_type on are what was read and decided.';
comment on column handoff.partner_events.position is 'The order of receipt.';
comment on column handoff.partner_events.event_key is 'What makes a delivery the same one: the sender''s id, or the hash of the body.';
comment on column handoff.partner_events.repetition is
  'Above 0: the same body again, when the key is the body''s hash and the student has a step open that it would complete.';
comment on column handoff.partner_events.body is 'The bytes as they came. Null after the retention period; hash, key and outcome stay.';
comment on column handoff.partner_events.context is 'Which secret verified it, who sent the file.';
comment on column handoff.partner_events.seen is 'How often it was delivered.';
comment on column handoff.partner_events.first_outcome is 'status:reason as first decided: what a repeated delivery is told.';
comment on column handoff.partner_events.error_code is 'The SQLSTATE of our own fault that parked it.';
comment on column handoff.partner_events.meaning is 'What the event type meant when this was decided.';
comment on column handoff.partner_events.item_ref is 'The course, exam, training or module it is about.';
comment on column handoff.partner_events.partner_enrollment_ref is 'The partner''s enrollment id, or our step id.';

create table handoff.partner_event_conflicts (
  receipt      uuid not null references handoff.partner_events on delete restrict,
  body_sha256  bytea not null,
  body         bytea,
  channel      text not null,
  context      jsonb not null,
  received_at  timestamptz not null,
  seen         integer not null default 1,
  last_seen_at timestamptz not null,
  primary key (receipt, body_sha256),
  constraint partner_event_conflicts_hash_size check (octet_length(body_sha256) = 32)
);
comment on table handoff.partner_event_conflicts is 'A delivery under a known key with another body: kept apart, never applied.';
comment on column handoff.partner_event_conflicts.receipt is 'The event that has the key.';

create table handoff.step_transitions (
  id            bigint primary key generated always as identity,
  occurred_at   timestamptz not null,
  enrollment_id uuid not null references handoff.enrollments on delete restrict,
  step_id       uuid,
  from_status   text,
  to_status     text not null,
  cause         text not null,
  reason        text,
  event_receipt uuid references handoff.partner_events on delete restrict,
  actor_role    text not null,
  actor_id      uuid references handoff.profiles on delete restrict,
  foreign key (step_id, enrollment_id) references handoff.enrollment_steps (id, enrollment_id) on delete restrict,
  constraint step_transitions_moves check (from_status is distinct from to_status)
);
create index step_transitions_enrollment on handoff.step_transitions (enrollment_id, id);
create index step_transitions_step on handoff.step_transitions (step_id) where step_id is not null;
create index step_transitions_event on handoff.step_transitions (event_receipt) where event_receipt is not null;
create index step_transitions_actor on handoff.step_transitions (actor_id) where actor_id is not null;
create index step_transitions_recent on handoff.step_transitions using brin (occurred_at);
comment on table handoff.step_transitions is
  'The audit trail: every change of status of an enrollment or a step, append-only for every role. Replayed, it gives the current state.';
comment on column handoff.step_transitions.step_id is 'Null: the enrollment itself changed.';
comment on column handoff.step_transitions.from_status is 'Null: the row was made.';
comment on column handoff.step_transitions.cause is 'The rule or the act behind it; direct: a plain UPDATE by a DBA.';
comment on column handoff.step_transitions.reason is 'What the person who did it gave as the reason.';
comment on column handoff.step_transitions.actor_role is 'The database role that acted.';
comment on column handoff.step_transitions.actor_id is 'The person of the claims, when there was one.';

create type handoff.event_receipt as (
  receipt       uuid,
  status        text,
  reason        text,
  enrollment_id uuid,
  step_id       uuid,
  next_step_id  uuid
);
comment on type handoff.event_receipt is 'What a sender is told: the receipt, the outcome, and the step that the event started.';

create table handoff.webhook_refusals (
  partner_slug text not null references handoff.partners on update cascade on delete restrict,
  code         text not null,
  day          date not null,
  refusals     bigint not null,
  primary key (partner_slug, code, day),
  constraint webhook_refusals_code_shape check (code ~ '^[a-z_]{1,40}$'),
  constraint webhook_refusals_positive check (refusals > 0)
);
comment on table handoff.webhook_refusals is 'How many deliveries were refused before anything of them was stored. Strangers can not fill it.';
