-- What a partner answered stands apart from the step, so that an event does not carry it along; the outbox holds mails, too.
-- The outbox and the acts are small: both are scanned under the deploy's lock.
-- squawk-ignore-file constraint-missing-not-valid, ban-drop-constraint, ban-drop-not-null

-- Nobody tells how a message went meanwhile, so no answer is lost.
lock table handoff.outbox in share row exclusive mode;

create table handoff.partner_answers (
  step_id     uuid primary key references handoff.enrollment_steps on delete restrict,
  accepted_at timestamptz,
  refused_at  timestamptz,
  launch_url  text,
  constraint partner_answers_say_something check (num_nonnulls(accepted_at, refused_at, launch_url) > 0),
  constraint partner_answers_launch_url_web check (
    launch_url ~ '^https?://[^[:space:][:cntrl:]]+$' and length(launch_url) <= 2000
  )
);
comment on table handoff.partner_answers is 'What a partner answered when it was told of a student who starts with it.';
comment on column handoff.partner_answers.accepted_at is 'When the partner has taken the student; null: not, or not yet.';
comment on column handoff.partner_answers.refused_at is 'When the partner refused the student, or was tried for too long, since it was last told; null where it did not.';
comment on column handoff.partner_answers.launch_url is 'Where this student begins; null: where all of its students do.';

insert into handoff.partner_answers (step_id, accepted_at, refused_at, launch_url)
select s.id, s.accepted_at, s.refused_at, s.launch_url
from handoff.enrollment_steps as s
where num_nonnulls(s.accepted_at, s.refused_at, s.launch_url) > 0;

-- squawk-ignore ban-drop-column
alter table handoff.enrollment_steps drop column launch_url, drop column accepted_at, drop column refused_at;

-- A failed attempt changes no status, and is followed all the same; the others are what people do with what goes out and with
-- alerts.
alter table handoff.acts
  drop constraint acts_act_known,
  drop constraint acts_reason_given,
  drop constraint acts_names_person,
  drop constraint acts_names_event,
  add constraint acts_act_known check (
    act in (
      'corrected', 'became_student', 'became_admin', 'disabled', 'enabled', 'merged', 'erased',
      'sign_in_link_made', 'certificate_revoked', 'certificate_reissued', 'replayed', 'assigned', 'set_aside',
      'linked', 'unlinked', 'marked_due', 'stopped', 'attempt_failed',
      'alert_acknowledged', 'alert_snoozed', 'alert_owned', 'sent_again', 'mail_suppressed', 'mail_allowed', 'cohort_set'
    )
  ),
  add constraint acts_reason_given check (
    reason is not null
    or act in (
      'replayed', 'linked', 'marked_due', 'stopped', 'attempt_failed', 'alert_acknowledged', 'alert_owned', 'mail_suppressed',
      'cohort_set'
    )
  ),
  add constraint acts_cohort_is_of_enrollment check (act <> 'cohort_set' or enrollment_id is not null),
  add constraint acts_names_person check (
    profile_id is not null
    or act not in (
      'corrected', 'became_student', 'became_admin', 'disabled', 'enabled', 'merged', 'erased', 'sign_in_link_made', 'linked',
      'mail_suppressed', 'mail_allowed'
    )
  ),
  add constraint acts_names_event check (
    (act in ('replayed', 'assigned', 'set_aside', 'attempt_failed')) = (event_receipt is not null)
  );
comment on column handoff.acts.act is
  'merged: the person was merged into merged_into; sign_in_link_made: at a terminal, for the person; replayed, assigned, '
  'set_aside: an event; linked: an account; unlinked: its events; marked_due: many were made due, by a filter; stopped: those still due were left as they were; '
  'attempt_failed: a partner told of an attempt that failed; sent_again: a message about the enrollment, or to the person; '
  'mail_suppressed: a mail came back, so the address gets no more; mail_allowed: it does again; cohort_set: of the enrollment, without a reason at enrolling.';

alter table handoff.outbox alter column partner_slug drop not null;
alter table handoff.outbox alter column enrollment_id drop not null;
alter table handoff.outbox alter column step_id drop not null;
alter table handoff.outbox alter column start_number drop not null;
alter table handoff.outbox add column profile_id uuid;
alter table handoff.outbox add column facts jsonb not null default '{}';
-- Every message is new to these columns, so there is nothing to scan for.
-- squawk-ignore adding-foreign-key-constraint
alter table handoff.outbox add constraint outbox_profile_id_fkey
  foreign key (profile_id) references handoff.profiles on delete restrict;
-- squawk-ignore adding-foreign-key-constraint
alter table handoff.outbox add constraint outbox_enrollment_id_fkey
  foreign key (enrollment_id) references handoff.enrollments on delete restrict;
alter table handoff.outbox
  drop constraint outbox_kind_known,
  drop constraint outbox_key_says_what,
  drop constraint outbox_status_holds,
  add constraint outbox_kind_known check (
    kind in (
      'enroll_at_partner', 'alert_webhook', 'sign_in_link', 'enrolled', 'approved', 'step_ready', 'not_passed', 'on_hold',
      'resumed', 'withdrawn', 'taken_back', 'certificate_issued', 'certificate_reissued', 'certificate_revoked', 'reminder',
      'digest', 'alert'
    )
  ),
  add constraint outbox_is_for_one check (
    case kind
      when 'enroll_at_partner' then profile_id is null and num_nulls(partner_slug, enrollment_id, step_id, start_number) = 0
      when 'alert_webhook' then num_nonnulls(profile_id, partner_slug, enrollment_id, step_id) = 0
      else profile_id is not null and partner_slug is null
    end
  ),
  add constraint outbox_step_has_enrollment check (enrollment_id is not null or step_id is null),
  add constraint outbox_start_is_of_a_step check ((step_id is null) = (start_number is null)),
  add constraint outbox_key_says_what check (
    case kind
      when 'enroll_at_partner' then key = concat_ws(':', kind, step_id, start_number)
      else starts_with(key, concat_ws(':', kind, step_id, start_number))
    end
  ),
  add constraint outbox_status_holds check (
    case status
      when 'pending' then due_at is not null and settled_at is null and attempts = 0
      when 'failed' then due_at is not null and settled_at is null and attempts > 0
      when 'sending' then due_at is not null and settled_at is null and attempts > 0 and lease_token is not null and body is not null
      when 'sent' then due_at is null and settled_at is not null and attempts > 0 and lease_token is null
      when 'dead' then due_at is null and settled_at is not null and attempts > 0 and lease_token is null and detail is not null
      when 'cancelled' then due_at is null and settled_at is not null and lease_token is null and detail is not null
      when 'unknown' then
        due_at is null and settled_at is not null and lease_token is null and detail is not null and profile_id is not null
      else false
    end
  );
-- squawk-ignore require-concurrent-index-creation
create index outbox_enrollment on handoff.outbox (enrollment_id) where enrollment_id is not null;
-- squawk-ignore require-concurrent-index-creation
create index outbox_profile on handoff.outbox (profile_id) where profile_id is not null;
comment on table handoff.outbox is 'Messages that go out, each once, to a partner, a person, or who watches over Handoff. What is meant is in the key, and a repeat goes under the same.';
comment on column handoff.outbox.start_number is '1 for the first start of the step, 2 after it was opened again, and so on; null where no step is meant.';
comment on column handoff.outbox.profile_id is 'Who is mailed; null: no mail.';
comment on column handoff.outbox.facts is 'What the message tells and can''t be looked up any more when it is written.';
comment on column handoff.outbox.expires_at is 'When nobody wants it any more: it is cancelled then, or dead when it was tried before.';
comment on column handoff.outbox.status is
  'pending; sending: its first byte may have left; sent; failed: to be tried again; dead: refused, or tried until it expired; cancelled: what it tells holds no longer, or it expired before it was tried; unknown: a mail that may have been sent or not, and is not sent again by itself.';
