-- Students in cohorts, and lists of students that are read, looked at and then applied.
-- No enrollment has a cohort yet, so there is nothing to scan for.
-- squawk-ignore-file constraint-missing-not-valid, require-concurrent-index-creation

alter table handoff.enrollments add column cohort text;
alter table handoff.enrollments add constraint enrollments_cohort_shape check (
  length(cohort) between 1 and 100 and cohort = btrim(cohort) and cohort !~ '[[:cntrl:]]'
);
-- It has only who is in one, and no status in it: an event leaves it alone.
create index enrollments_cohort on handoff.enrollments (cohort, program_slug) where cohort is not null;
comment on column handoff.enrollments.cohort is 'The group with which the student learns, in the school''s words; null: none.';

create table handoff.imports (
  id             uuid primary key default gen_random_uuid(),
  kind           text not null,
  file_name      text not null,
  content_sha256 bytea not null,
  header         text[] not null,
  columns        jsonb not null,
  defaults       jsonb not null default '{}',
  uploaded_at    timestamptz not null,
  uploaded_by    uuid references handoff.profiles on delete restrict,
  begun_at       timestamptz,
  begun_by       uuid references handoff.profiles on delete restrict,
  finished_at    timestamptz,
  dropped_at     timestamptz,
  constraint imports_kind_known check (kind in ('students')),
  constraint imports_file_name_length check (length(file_name) between 1 and 255),
  constraint imports_content_is_sha256 check (length(content_sha256) = 32),
  constraint imports_columns_are_object check (jsonb_typeof(columns) = 'object'),
  constraint imports_defaults_are_object check (jsonb_typeof(defaults) = 'object'),
  constraint imports_person_began check (begun_by is null or begun_at is not null),
  constraint imports_finished_was_begun check (finished_at is null or begun_at is not null),
  constraint imports_time_order check (begun_at >= uploaded_at and finished_at >= begun_at and dropped_at >= uploaded_at)
);
create index imports_newest on handoff.imports (uploaded_at, id);
create index imports_content on handoff.imports (content_sha256);
create index imports_kept on handoff.imports (uploaded_at) where dropped_at is null;
create index imports_uploader on handoff.imports (uploaded_by);
create index imports_beginner on handoff.imports (begun_by);
comment on table handoff.imports is 'A list that somebody handed in: looked at line by line before it is applied.';
comment on column handoff.imports.kind is 'What the lines are. students: people to enroll.';
comment on column handoff.imports.content_sha256 is 'Of all lines, so that the same list is known when it comes again.';
comment on column handoff.imports.header is 'The first line, as it stood in the file.';
comment on column handoff.imports.columns is 'Where each field stands: {"email": 2}, counted from 1.';
comment on column handoff.imports.defaults is 'What counts for a line that leaves a field empty: {"program": "...", "cohort": "..."}.';
comment on column handoff.imports.uploaded_by is 'Null: at a terminal.';
comment on column handoff.imports.begun_at is 'When somebody began to apply it; begun_by null: at a terminal.';
comment on column handoff.imports.dropped_at is 'When the lines lost what they say of people: 30 days after the list was handed in or applied.';

create table handoff.import_lines (
  import_id       uuid not null references handoff.imports on delete restrict,
  line            integer not null,
  cells           text[],
  full_name       text,
  email           text,
  name_key        text,
  cohort          text,
  program_slug    text references handoff.programs on update cascade on delete restrict,
  verdict         text,
  reason          text,
  profile_id      uuid references handoff.profiles on delete restrict,
  other_line      integer,
  is_wanted       boolean not null default false,
  result          text,
  enrollment_id   uuid references handoff.enrollments on delete restrict,
  made_person     boolean not null default false,
  made_enrollment boolean not null default false,
  error_code      text,
  done_at         timestamptz,
  dropped_at      timestamptz,
  primary key (import_id, line),
  constraint import_lines_line_positive check (line > 0),
  constraint import_lines_dropped_says_nothing check (
    case
      when dropped_at is null then cells is not null
      else num_nonnulls(cells, full_name, email, name_key, cohort) = 0
    end
  ),
  constraint import_lines_verdict_holds check (
    case verdict
      when 'new' then (reason is null) = (other_line is null) and coalesce(reason, 'same_person') = 'same_person'
      when 'known' then reason in ('to_enroll', 'already_enrolled', 'already_completed') and profile_id is not null
      when 'doubtful' then
        case reason
          when 'same_name' then profile_id is not null
          when 'same_name_in_list' then other_line is not null
          else false
        end
      when 'refused' then reason is not null and not is_wanted and reason in (
        'no_name', 'bad_name', 'no_email', 'bad_email', 'no_program', 'unknown_program', 'unclear_program', 'program_closed',
        'program_not_ready', 'bad_cohort', 'repeated', 'not_a_student'
      )
      else num_nonnulls(verdict, reason, profile_id, other_line, result) = 0 and not is_wanted
    end
  ),
  constraint import_lines_other_is_before check (other_line < line),
  constraint import_lines_judged_is_read check (
    verdict is null or verdict = 'refused' or dropped_at is not null or num_nulls(full_name, email, name_key, program_slug) = 0
  ),
  constraint import_lines_result_holds check (
    case result
      when 'enrolled' then enrollment_id is not null and profile_id is not null and made_enrollment
      when 'awaits_approval' then enrollment_id is not null and profile_id is not null and made_enrollment
      when 'already_enrolled' then enrollment_id is not null and profile_id is not null and not made_enrollment
      when 'already_completed' then enrollment_id is not null and profile_id is not null and not made_enrollment
      when 'left_out' then enrollment_id is null and not made_enrollment
      when 'doubtful' then enrollment_id is null and not made_enrollment
      when 'refused' then enrollment_id is null and not made_enrollment
      when 'failed' then enrollment_id is null and not made_enrollment and error_code is not null
      else num_nonnulls(result, enrollment_id) = 0 and not made_enrollment
    end
  ),
  constraint import_lines_made_person_is_enrolled check (not made_person or made_enrollment),
  constraint import_lines_error_is_of_failed check (error_code is null or result = 'failed'),
  constraint import_lines_done_has_result check ((result is null) = (done_at is null))
);
create index import_lines_email on handoff.import_lines (import_id, email);
create index import_lines_name on handoff.import_lines (import_id, name_key);
create index import_lines_program on handoff.import_lines (program_slug);
create index import_lines_person on handoff.import_lines (profile_id) where profile_id is not null;
create index import_lines_enrollment on handoff.import_lines (enrollment_id) where enrollment_id is not null;
create index import_lines_to_judge on handoff.import_lines (import_id, line) where verdict is null;
create index import_lines_to_do on handoff.import_lines (import_id, line) where done_at is null;
comment on table handoff.import_lines is
  'A line of a list: what stood there, what was found beforehand, and what came of it. Nothing of the file is kept elsewhere.';
comment on column handoff.import_lines.line is 'As an editor counts; the header is one, too.';
comment on column handoff.import_lines.cells is 'The line as it stood in the file; null: dropped, with all that names the person.';
comment on column handoff.import_lines.full_name is 'As it would be stored, and so email, cohort and program_slug; null: could not be read.';
comment on column handoff.import_lines.name_key is 'The words of the name without case, accents and order: who has the same may be the same person.';
comment on column handoff.import_lines.verdict is
  'What was found beforehand; null: not looked at yet. known: the address is a person''s; doubtful: perhaps a known person under another address.';
comment on column handoff.import_lines.profile_id is 'Whose address it is; of a doubtful line the person of the same name; once applied who was enrolled.';
comment on column handoff.import_lines.other_line is 'The line before it with the same person, the same name or the same content.';
comment on column handoff.import_lines.is_wanted is 'Whether it is applied; a doubtful line only when somebody chose it.';
comment on column handoff.import_lines.result is
  'What came of it; null: not applied yet. left_out: not chosen; doubtful: somebody of the same name came meanwhile; failed: see error_code.';
comment on column handoff.import_lines.made_person is 'Whether the person was made by this line; made_enrollment likewise.';
comment on column handoff.import_lines.error_code is 'The SQLSTATE with which enrolling was refused.';
