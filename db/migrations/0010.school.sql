-- The school that a database is of, certificates that can be revoked and replaced, and acts that change no status.

create table handoff.school (
  is_the_school       boolean primary key default true,
  name                text,
  address             text,
  time_zone           text not null default 'UTC',
  logo                bytea,
  signatory           text,
  paper               text not null default 'a4',
  parked_bodies_days  integer,
  conflicts_days      integer,
  ended_sessions_days integer,
  constraint school_one_row check (is_the_school),
  constraint school_name_shape check (name = btrim(name) and length(name) between 1 and 200),
  constraint school_address_shape check (address = btrim(address) and length(address) between 1 and 500),
  constraint school_time_zone_known check (
    (time_zone = 'UTC' or time_zone ~ '^[A-Z][A-Za-z_]+(/[A-Za-z0-9_+-]+)+$')
    and timestamptz '2000-01-01 00:00Z' at time zone time_zone is not null
  ),
  constraint school_logo_shape check (
    octet_length(logo) <= 262144 and (substr(logo, 1, 8) = '\x89504e470d0a1a0a' or substr(logo, 1, 3) = '\xffd8ff')
  ),
  constraint school_signatory_shape check (signatory = btrim(signatory) and length(signatory) between 1 and 200),
  constraint school_paper_known check (paper in ('a4', 'us-letter')),
  constraint school_parked_bodies_days_range check (parked_bodies_days between 30 and 36500),
  constraint school_conflicts_days_range check (conflicts_days between 30 and 36500),
  constraint school_ended_sessions_days_range check (ended_sessions_days between 1 and 36500)
);
insert into handoff.school default values;
comment on table handoff.school is 'One row: the school, as pages, mails and certificates name it.';
comment on column handoff.school.is_the_school is 'Always true, so that there is one row.';
comment on column handoff.school.name is 'Null: pages and mails say Handoff, certificates name no school.';
comment on column handoff.school.time_zone is 'A name such as America/New_York: it makes every day on pages, mails and certificates.';
comment on column handoff.school.logo is 'A PNG or JPEG of at most 256 KiB.';
comment on column handoff.school.signatory is 'Who signs certificates, name and office; one a line.';
comment on column handoff.school.parked_bodies_days is 'After how many days the raw body of a parked event is dropped; null: never.';
comment on column handoff.school.conflicts_days is 'After how many days the raw body of a conflict is dropped, whatever became of the event; null: never.';
comment on column handoff.school.ended_sessions_days is 'For how many days sessions and links are kept after their end; null: for ever.';

alter table handoff.certificates
  -- squawk-ignore ban-drop-not-null
  alter column student_name drop not null,
  add column revoked_at timestamptz,
  add column replaced_at timestamptz,
  add column replaced_by text,
  add column school_name text,
  add column school_address text,
  add column signatory text,
  add column time_zone text not null default 'UTC',
  -- squawk-ignore ban-drop-constraint
  drop constraint certificates_enrollment_id_key,
  -- squawk-ignore ban-drop-constraint
  drop constraint certificates_time_order,
  -- squawk-ignore ban-drop-constraint
  drop constraint certificates_enrollment_id_student_id_fkey,
  -- Each of these reads a table that grows by one row for each completed program: short.
  -- squawk-ignore constraint-missing-not-valid
  add constraint certificates_time_order check (issued_at >= completed_at),
  -- squawk-ignore constraint-missing-not-valid
  add constraint certificates_ended_once check (num_nonnulls(revoked_at, replaced_at) <= 1),
  -- squawk-ignore constraint-missing-not-valid
  add constraint certificates_replaced_by_another check (
    (replaced_at is null) = (replaced_by is null) and replaced_by <> number
  ),
  -- squawk-ignore adding-foreign-key-constraint, constraint-missing-not-valid
  add constraint certificates_enrollment_id_student_id_fkey foreign key (enrollment_id, student_id)
    references handoff.enrollments (id, student_id) on update cascade on delete restrict,
  -- squawk-ignore adding-foreign-key-constraint, constraint-missing-not-valid
  add constraint certificates_replaced_by_fkey foreign key (replaced_by) references handoff.certificates (number)
    on delete restrict;
-- squawk-ignore require-concurrent-index-creation
create unique index certificates_one_valid on handoff.certificates (enrollment_id)
  where revoked_at is null and replaced_at is null;
-- squawk-ignore require-concurrent-index-creation
create index certificates_enrollment on handoff.certificates (enrollment_id, student_id);
-- squawk-ignore require-concurrent-index-creation
create index certificates_replaced_by on handoff.certificates (replaced_by) where replaced_by is not null;
comment on table handoff.certificates is
  'Facts of the day of issue: later edits of profile, program, partner or school do not change them. One of an enrollment is valid at most.';
comment on column handoff.certificates.student_name is 'Null: the person was erased.';
comment on column handoff.certificates.completed_at is
  'When the training was completed: the latest of the partners'' times, ours where a partner told none; never after the issue.';
comment on column handoff.certificates.issued_at is 'By our clock. Of one that replaces another: when the first was issued.';
comment on column handoff.certificates.partners is
  'The completed steps in order: [{"partner": name, "completed_at": time}], the partner''s time where it told one.';
comment on column handoff.certificates.time_zone is 'The school''s of the day of issue: it makes the days on the certificate.';
comment on column handoff.enrollments.status is
  'pending waits for approval; completed ends when a step is opened again. A withdrawal can be taken back.';

create table handoff.acts (
  id                 bigint primary key default nextval(pg_get_serial_sequence('handoff.step_transitions', 'id')),
  occurred_at        timestamptz not null,
  act                text not null,
  reason             text,
  profile_id         uuid references handoff.profiles on delete restrict,
  merged_into        uuid references handoff.profiles on delete restrict,
  enrollment_id      uuid references handoff.enrollments on delete restrict,
  certificate_number text references handoff.certificates on delete restrict,
  event_receipt      uuid references handoff.partner_events on delete restrict,
  partner_slug       text,
  event_status       text,
  event_reason       text,
  events             integer,
  actor_role         text not null,
  actor_id           uuid references handoff.profiles on delete restrict,
  constraint acts_act_known check (
    act in (
      'corrected', 'became_student', 'became_admin', 'disabled', 'enabled', 'merged', 'erased',
      'sign_in_link_made', 'certificate_revoked', 'certificate_reissued', 'replayed', 'assigned', 'set_aside',
      'linked', 'unlinked', 'marked_due', 'stopped'
    )
  ),
  constraint acts_reason_given check (reason is not null or act in ('replayed', 'linked', 'marked_due', 'stopped')),
  constraint acts_names_person check (
    profile_id is not null
    or act not in (
      'corrected', 'became_student', 'became_admin', 'disabled', 'enabled', 'merged', 'erased', 'sign_in_link_made', 'linked'
    )
  ),
  constraint acts_merged_with_another check ((act = 'merged') = (merged_into is not null)),
  constraint acts_names_certificate check (
    (act in ('certificate_revoked', 'certificate_reissued')) = (certificate_number is not null)
  ),
  constraint acts_names_event check ((act in ('replayed', 'assigned', 'set_aside')) = (event_receipt is not null)),
  constraint acts_counts_events check ((act in ('unlinked', 'marked_due', 'stopped')) = (events is not null)),
  constraint acts_filter_is_of_marked_due check (act = 'marked_due' or num_nonnulls(event_status, event_reason) = 0)
);
create index acts_profile on handoff.acts (profile_id) where profile_id is not null;
create index acts_merged_into on handoff.acts (merged_into) where merged_into is not null;
create index acts_enrollment on handoff.acts (enrollment_id) where enrollment_id is not null;
create index acts_certificate on handoff.acts (certificate_number) where certificate_number is not null;
create index acts_event on handoff.acts (event_receipt) where event_receipt is not null;
create index acts_actor on handoff.acts (actor_id) where actor_id is not null;
comment on table handoff.acts is
  'What was done that changes no status of an enrollment or a step, by whom and why. Append-only; only a reason can hold a name.';
comment on column handoff.acts.id is 'From the sequence of step_transitions: both tables can be read as one, in one order.';
comment on column handoff.acts.act is
  'merged: the person was merged into merged_into; sign_in_link_made: at a terminal, for the person; replayed, assigned, '
  'set_aside: an event; linked: an account; unlinked: its events; marked_due: many were made due, by a filter; stopped: those still due were left as they were.';
comment on column handoff.acts.partner_slug is 'As it was called then. Of linked and unlinked: whose account; of marked_due: the filter, null for every partner.';
comment on column handoff.acts.event_status is 'Of marked_due: the filter.';
comment on column handoff.acts.event_reason is 'Of marked_due: the filter, null for every reason.';
comment on column handoff.acts.events is 'How many events it was about.';
comment on column handoff.acts.actor_role is 'As in step_transitions.';

-- What was noted elsewhere until now.
insert into handoff.acts (
  occurred_at, act, event_receipt, partner_slug, event_status, event_reason, events, actor_role, actor_id
)
select
  r.occurred_at, case when r.act = 'marked' then 'marked_due' else r.act end, r.receipt, r.of_partner, r.of_status, r.of_reason,
  case when r.act <> 'replayed' then r.events end, r.actor_role, r.actor_id
from handoff.event_replays as r
order by r.id;
-- squawk-ignore ban-drop-table
drop table handoff.event_replays;

-- These return more now; the files make what there is.
-- squawk-ignore ban-drop-function
drop function if exists handoff.verify_certificate(text);
-- squawk-ignore ban-drop-function
drop function if exists handoff.certificate_details(text);
