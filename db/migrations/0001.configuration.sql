-- People, partners and programs: what a school configures before anybody enrolls.

create table handoff.profiles (
  id         uuid primary key default gen_random_uuid(),
  email      text not null unique,
  full_name  text not null,
  role       text not null,
  created_at timestamptz not null,
  constraint profiles_email_shape check (
    email = lower(email) and length(email) <= 254 and email ~ '^[^@[:space:][:cntrl:]]+@[^@[:space:][:cntrl:]]+$'
  ),
  constraint profiles_full_name_shape check (
    full_name = btrim(full_name) and length(full_name) between 1 and 200 and full_name !~ '[[:cntrl:]]'
  ),
  constraint profiles_role_known check (role in ('student', 'admin'))
);
comment on table handoff.profiles is 'A person: a student or an admin. Erased by anonymising, never by deleting: the audit trail points here.';
comment on column handoff.profiles.email is 'Lower case; the one identity of a person, and where the sign-in link goes.';

create table handoff.partners (
  slug             text primary key,
  name             text not null,
  status           text not null default 'active',
  signature_scheme text not null default 'standard',
  launch_url       text,
  support_email    text,
  stuck_after_days integer not null default 7,
  constraint partners_slug_shape check (slug ~ '^[a-z0-9][a-z0-9-]{0,62}$'),
  constraint partners_name_shape check (name = btrim(name) and length(name) between 1 and 200),
  constraint partners_status_known check (status in ('active', 'disabled', 'retired')),
  constraint partners_signature_scheme_known check (signature_scheme in ('standard', 'hmac-sha256', 'shared-secret')),
  constraint partners_launch_url_https check (launch_url ~ '^https://[^[:space:]]+$'),
  constraint partners_stuck_after_days_positive check (stuck_after_days > 0)
);
comment on table handoff.partners is 'A training partner. A new one is rows here and in partner_event_types, no code.';
comment on column handoff.partners.status is 'disabled: events are kept but not applied; retired: events are refused.';
comment on column handoff.partners.signature_scheme is 'How its webhooks are signed; see docs/webhooks.md.';
comment on column handoff.partners.launch_url is 'Where a student signs in to train.';
comment on column handoff.partners.stuck_after_days is 'A step in progress for longer than this many days is shown as stuck.';

create table handoff.partner_event_types (
  partner_slug   text not null references handoff.partners on update cascade on delete restrict,
  event_type     text not null,
  meaning        text not null,
  item_field     text,
  pass_field     text,
  result_field   text,
  progress_total integer,
  primary key (partner_slug, event_type),
  constraint partner_event_types_event_type_shape check (length(event_type) between 1 and 100),
  constraint partner_event_types_meaning_known check (
    meaning in ('completion', 'progress', 'evidence', 'acknowledgement', 'test')
  ),
  constraint partner_event_types_pass_field_completes check (pass_field is null or meaning = 'completion'),
  constraint partner_event_types_total_of_progress check (
    progress_total is null or (meaning = 'progress' and progress_total > 0)
  )
);
comment on table handoff.partner_event_types is 'What each event of a partner means. Meaning is data: the functions know no partner by name.';
comment on column handoff.partner_event_types.item_field is
  'The payload field that names the course, exam or training; for progress, the part of it that is done.';
comment on column handoff.partner_event_types.pass_field is
  'When set, the event completes a step only if this field is the JSON value true; false is a failed attempt.';
comment on column handoff.partner_event_types.result_field is 'The payload field with the score or grade, kept with the event.';
comment on column handoff.partner_event_types.progress_total is 'How many parts there are, so that a page can say 2 of 6.';

create table handoff.programs (
  slug              text primary key,
  name              text not null,
  category          text not null,
  description       text not null default '',
  requires_approval boolean not null default false,
  is_open           boolean not null default true,
  constraint programs_slug_shape check (slug ~ '^[a-z0-9][a-z0-9-]{0,62}$'),
  constraint programs_name_shape check (name = btrim(name) and length(name) between 1 and 200)
);
comment on table handoff.programs is 'A program that students enroll in; its steps come from program_partners.';
comment on column handoff.programs.requires_approval is 'An enrollment waits for an admin before its steps are made.';
comment on column handoff.programs.is_open is 'False: nobody new can enroll; who is in goes on.';

-- Private: PUBLIC may execute the constructors of a range type, and only a superuser could take that away.
create type handoff_private.text_span as range (subtype = text, collation = "C");
comment on type handoff_private.text_span is 'A range of texts; lets an exclusion constraint say that no course has two mappings.';

create table handoff.program_partners (
  id             uuid primary key default gen_random_uuid(),
  program_slug   text not null references handoff.programs on update cascade on delete restrict,
  partner_slug   text not null references handoff.partners on update cascade on delete restrict,
  sequence_order integer not null,
  is_required    boolean not null default true,
  course_ref     text,
  -- Deferrable is checked when the statement ends, so that one UPDATE can renumber a program.
  constraint program_partners_order_unique unique (program_slug, sequence_order) deferrable initially immediate,
  constraint program_partners_order_positive check (sequence_order > 0),
  constraint program_partners_course_ref_shape check (
    length(course_ref) between 1 and 255 and course_ref !~ '[[:cntrl:]]'
  ),
  -- No course names any course, so it spans them all and stands alone.
  constraint program_partners_course_mapped_once exclude using gist (
    handoff_private.text_span(
      program_slug || ' ' || partner_slug || ' ' || coalesce(course_ref, ''),
      program_slug || ' ' || partner_slug || ' ' || coalesce(course_ref, U&'\+10FFFD'),
      '[]'
    ) with &&
  )
);
create index program_partners_partner on handoff.program_partners (partner_slug);
comment on table handoff.program_partners is 'Which partners a program goes through, in order. Enrollments copy it when their steps are made.';
comment on column handoff.program_partners.is_required is 'False: makes no step; an event for it is kept as evidence.';
comment on column handoff.program_partners.course_ref is 'The partner''s name of the course; null matches any course of the partner.';
