-- A student's way through a program, and the certificate at its end.

create table handoff.enrollments (
  id           uuid primary key default gen_random_uuid(),
  student_id   uuid not null references handoff.profiles on delete restrict,
  program_slug text not null references handoff.programs on update cascade on delete restrict,
  status       text not null,
  enrolled_at  timestamptz not null,
  activated_at timestamptz,
  completed_at timestamptz,
  withdrawn_at timestamptz,
  constraint enrollments_of_student unique (id, student_id),
  constraint enrollments_status_holds check (
    case status
      when 'pending' then activated_at is null and completed_at is null and withdrawn_at is null
      when 'active' then activated_at is not null and completed_at is null and withdrawn_at is null
      when 'on_hold' then activated_at is not null and completed_at is null and withdrawn_at is null
      when 'completed' then activated_at is not null and completed_at is not null and withdrawn_at is null
      when 'withdrawn' then completed_at is null and withdrawn_at is not null
      else false
    end
  ),
  constraint enrollments_time_order check (
    activated_at >= enrolled_at and completed_at >= activated_at and withdrawn_at >= enrolled_at
  )
);
create unique index enrollments_one_open on handoff.enrollments (student_id, program_slug)
  where status in ('pending', 'active', 'on_hold');
create index enrollments_student on handoff.enrollments (student_id);
create index enrollments_program on handoff.enrollments (program_slug);
comment on table handoff.enrollments is 'One student in one program. Open are pending, active and on_hold: at most one per student and program.';
comment on column handoff.enrollments.status is 'pending waits for approval; completed and withdrawn are final.';
comment on column handoff.enrollments.activated_at is 'When the steps could start: at enrolling, or when an admin approved.';

create table handoff.enrollment_steps (
  id                     uuid primary key default gen_random_uuid(),
  enrollment_id          uuid not null references handoff.enrollments on delete restrict,
  partner_slug           text not null references handoff.partners on update cascade on delete restrict,
  sequence_order         integer not null,
  course_ref             text,
  status                 text not null default 'pending',
  started_at             timestamptz,
  completed_at           timestamptz,
  partner_completed_at   timestamptz,
  external_enrollment_id text,
  failed_attempts        integer not null default 0,
  progress_count         integer not null default 0,
  constraint enrollment_steps_of_enrollment unique (id, enrollment_id),
  constraint enrollment_steps_order_unique unique (enrollment_id, sequence_order),
  constraint enrollment_steps_order_positive check (sequence_order > 0),
  constraint enrollment_steps_status_holds check (
    case status
      when 'pending' then started_at is null and completed_at is null
      when 'in_progress' then started_at is not null and completed_at is null
      when 'completed' then completed_at is not null
      when 'failed' then started_at is not null and completed_at is null
      when 'skipped' then completed_at is null
      else false
    end
  ),
  constraint enrollment_steps_time_order check (completed_at >= started_at),
  constraint enrollment_steps_partner_time_of_completed check (partner_completed_at is null or status = 'completed'),
  constraint enrollment_steps_external_id_shape check (length(external_enrollment_id) between 1 and 255),
  constraint enrollment_steps_counts_positive check (failed_attempts >= 0 and progress_count >= 0)
);
create unique index enrollment_steps_one_in_progress on handoff.enrollment_steps (enrollment_id)
  where status = 'in_progress';
create index enrollment_steps_partner on handoff.enrollment_steps (partner_slug, status);
create index enrollment_steps_external on handoff.enrollment_steps (partner_slug, external_enrollment_id)
  where external_enrollment_id is not null;
comment on table handoff.enrollment_steps is
  'The sequence that an enrollment was generated with; later edits of the program do not touch it. One step at most is in progress.';
comment on column handoff.enrollment_steps.course_ref is 'Copied from the mapping; null: any course of the partner completes the step.';
comment on column handoff.enrollment_steps.started_at is 'By our clock. Null on a step that was completed early.';
comment on column handoff.enrollment_steps.completed_at is 'By our clock, never before started_at.';
comment on column handoff.enrollment_steps.partner_completed_at is 'When the partner says it was completed; not ours, so not ordered.';
comment on column handoff.enrollment_steps.external_enrollment_id is 'The partner''s id of this enrollment.';
comment on column handoff.enrollment_steps.progress_count is 'Distinct parts that the partner has reported as done.';

create table handoff.certificates (
  number        text primary key,
  enrollment_id uuid not null unique,
  student_id    uuid not null references handoff.profiles on delete restrict,
  student_name  text not null,
  program_slug  text not null references handoff.programs on update cascade on delete restrict,
  program_name  text not null,
  enrolled_at   timestamptz not null,
  completed_at  timestamptz not null,
  issued_at     timestamptz not null,
  partners      jsonb not null,
  foreign key (enrollment_id, student_id) references handoff.enrollments (id, student_id) on delete restrict,
  constraint certificates_number_shape check (number ~ '^([0-9A-HJKMNP-TV-Z]{4}-){4}[0-9A-HJKMNP-TV-Z]$'),
  constraint certificates_time_order check (completed_at >= enrolled_at and issued_at >= completed_at),
  constraint certificates_partners_named check (jsonb_typeof(partners) = 'array' and jsonb_array_length(partners) > 0)
);
create index certificates_student on handoff.certificates (student_id);
create index certificates_program on handoff.certificates (program_slug);
comment on table handoff.certificates is 'Facts of the day of issue: later edits of profile, program or partner do not change them.';
comment on column handoff.certificates.number is '16 random characters of Crockford''s base 32, and an ISO 7064 MOD 37-2 check character of the same.';
comment on column handoff.certificates.partners is 'The completed steps in order: [{"partner": name, "completed_at": time}].';
