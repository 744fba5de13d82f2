-- What follows a change: who reads the audit trail and how far, and the messages that go out.

-- Nobody writes the trail meanwhile, so nothing of before is told to anybody: messages begin here.
lock table handoff.step_transitions, handoff.acts in share row exclusive mode;

create table handoff.trail_readers (
  name     text primary key,
  began    bigint not null,
  position bigint not null,
  moved_at timestamptz not null,
  seen_at  timestamptz not null,
  constraint trail_readers_name_known check (name in ('messages')),
  constraint trail_readers_goes_on check (began >= 0 and position >= began)
);
comment on table handoff.trail_readers is
  'Who makes something of the audit trail (step_transitions and acts, in the order of their ids), and how far it is.';
comment on column handoff.trail_readers.seen_at is 'When a worker last looked, to half a minute.';
comment on column handoff.trail_readers.began is 'The last id of the trail that was there before; what is up to it is never followed.';
comment on column handoff.trail_readers.position is 'The last id of the trail that was followed; what is above it is still to come.';

insert into handoff.trail_readers (name, began, position, moved_at, seen_at)
select 'messages', l.id, l.id, now(), now()
from (select case when s.is_called then s.last_value else s.last_value - 1 end from handoff.step_transitions_id_seq as s) as l (id);

alter table handoff.partners add column enroll_url text;
alter table handoff.partners add column enroll_url_since timestamptz;
-- squawk-ignore constraint-missing-not-valid
alter table handoff.partners add constraint partners_enroll_url_web check (
  enroll_url ~ '^https?://[^[:space:][:cntrl:]]+$' and length(enroll_url) <= 2000
);
-- squawk-ignore constraint-missing-not-valid
alter table handoff.partners add constraint partners_enroll_url_has_begun check ((enroll_url is null) = (enroll_url_since is null));
comment on column handoff.partners.enroll_url is 'Where the worker tells the partner of a student who starts with it; null: it is not told.';
comment on column handoff.partners.enroll_url_since is 'When enroll_url was set; of steps that started before, the partner is not told.';

alter table handoff.enrollment_steps add column launch_url text;
alter table handoff.enrollment_steps add column accepted_at timestamptz;
alter table handoff.enrollment_steps add column refused_at timestamptz;
-- squawk-ignore constraint-missing-not-valid
alter table handoff.enrollment_steps add constraint enrollment_steps_launch_url_web check (
  launch_url ~ '^https?://[^[:space:][:cntrl:]]+$' and length(launch_url) <= 2000
);
comment on column handoff.enrollment_steps.launch_url is 'Where this student begins, as the partner answered; null: where all of its students do.';
comment on column handoff.enrollment_steps.accepted_at is 'When the partner has taken the student, by its answer to our message; null where it is not told, or not yet.';
comment on column handoff.enrollment_steps.refused_at is 'When the partner refused the student, or was tried for too long, since it was last told; null where it did not.';

create table handoff.outbox (
  message_id    uuid primary key default gen_random_uuid(),
  key           text not null unique,
  kind          text not null,
  partner_slug  text not null references handoff.partners on update cascade on delete restrict,
  enrollment_id uuid not null,
  step_id       uuid not null,
  start_number  integer not null,
  made_at       timestamptz not null,
  expires_at    timestamptz not null,
  status        text not null default 'pending',
  due_at        timestamptz,
  attempts      integer not null default 0,
  lease_token   uuid,
  lease_until   timestamptz,
  body          text,
  http_status   integer,
  detail        text,
  settled_at    timestamptz,
  settled_late  integer not null default 0,
  foreign key (step_id, enrollment_id) references handoff.enrollment_steps (id, enrollment_id) on delete restrict,
  constraint outbox_kind_known check (kind in ('enroll_at_partner')),
  constraint outbox_key_says_what check (key = concat_ws(':', kind, step_id, start_number)),
  constraint outbox_start_number_positive check (start_number > 0),
  constraint outbox_attempts_positive check (attempts >= 0 and settled_late >= 0),
  constraint outbox_lease_whole check ((lease_token is null) = (lease_until is null)),
  constraint outbox_http_status_known check (http_status between 100 and 599),
  constraint outbox_status_holds check (
    case status
      when 'pending' then due_at is not null and settled_at is null and attempts = 0
      when 'failed' then due_at is not null and settled_at is null and attempts > 0
      when 'sending' then due_at is not null and settled_at is null and attempts > 0 and lease_token is not null and body is not null
      when 'sent' then due_at is null and settled_at is not null and attempts > 0 and lease_token is null
      when 'dead' then due_at is null and settled_at is not null and attempts > 0 and lease_token is null and detail is not null
      when 'cancelled' then due_at is null and settled_at is not null and lease_token is null and detail is not null
      else false
    end
  )
) with (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.01);
create index outbox_due on handoff.outbox (partner_slug, due_at);
create index outbox_in_flight on handoff.outbox (partner_slug, lease_until) where lease_token is not null;
create index outbox_step on handoff.outbox (step_id, enrollment_id);
comment on table handoff.outbox is 'Messages that go out, each once: what is meant is in its key, and a repeat goes under the same.';
comment on column handoff.outbox.key is 'Kind, step, and which start of the step it tells of; the receiver knows a repeat by it. Not the row of the trail, whose ids an older backup gives out again.';
comment on column handoff.outbox.start_number is '1 for the first start of the step, 2 after it was opened again, and so on.';
comment on column handoff.outbox.expires_at is 'When nobody wants it any more: it is cancelled then.';
comment on column handoff.outbox.status is
  'pending; sending: its first byte may have left; sent; failed: to be tried again; dead: refused, or tried until the end; cancelled: what it tells holds no longer.';
comment on column handoff.outbox.due_at is 'When it is tried next; null when it is settled.';
comment on column handoff.outbox.lease_token is 'Of who is at it. Only its holder can settle it, until lease_until.';
comment on column handoff.outbox.body is 'As it goes out, the same at each try; null before the first, and after its student was forgotten.';
comment on column handoff.outbox.detail is 'Why it failed or was cancelled, or what of the answer could not be used.';
comment on column handoff.outbox.settled_late is 'How often somebody whose lease had ended told how it went: not acted on.';

create table handoff.partner_breakers (
  partner_slug text primary key references handoff.partners on update cascade on delete cascade,
  failures     integer not null,
  open_until   timestamptz,
  constraint partner_breakers_failures_positive check (failures >= 0)
);
comment on table handoff.partner_breakers is 'Partners that could not be reached: each is left alone for a while after several failures in a row, then tried with one message.';
comment on column handoff.partner_breakers.failures is 'In a row: no connection, no answer in time, or a server''s fault (5xx).';

create type handoff.claimed_message as (
  message_id   uuid,
  key          text,
  lease_token  uuid,
  partner_slug text,
  url          text,
  body         text
);
comment on type handoff.claimed_message is 'A message for one worker: where it goes, what goes out, and the lease with which it is settled.';

-- It tells since when a partner has refused the student, in one column more.
-- squawk-ignore ban-drop-function
drop function if exists handoff.student_steps();
