-- Mails that come back, addresses that get no more, and people who want no reminders.
-- The outbox is small: it is scanned under the deploy's lock.
-- squawk-ignore-file constraint-missing-not-valid

alter table handoff.outbox add column mailed_to text;
alter table handoff.outbox add column bounced_at timestamptz;
alter table handoff.outbox add column bounce_status text;
alter table handoff.outbox
  add constraint outbox_mailed_to_is_of_a_mail check (mailed_to is null or profile_id is not null),
  add constraint outbox_bounce_is_of_a_mail check (bounce_status is null or profile_id is not null),
  add constraint outbox_bounce_has_status check (bounced_at is null or bounce_status is not null),
  add constraint outbox_bounce_status_shape check (bounce_status ~ '^[45][.][0-9]{1,3}[.][0-9]{1,3}$');
comment on column handoff.outbox.mailed_to is 'The address that the mail was claimed for, and goes to; null: none yet, or the person was forgotten.';
comment on column handoff.outbox.bounced_at is 'When it came back for good, because its address does not work.';
comment on column handoff.outbox.bounce_status is
  'What a mail server reported (RFC 3463, like 5.1.1); without bounced_at it is late, was refused for another reason than its address, or another address is meant.';

create table handoff.mail_suppressions (
  address    text primary key,
  profile_id uuid not null references handoff.profiles on delete restrict,
  message_id uuid not null references handoff.outbox on delete restrict,
  status     text not null,
  since      timestamptz not null,
  constraint mail_suppressions_status_is_final check (status ~ '^5[.][0-9]{1,3}[.][0-9]{1,3}$')
);
create index mail_suppressions_profile on handoff.mail_suppressions (profile_id);
create index mail_suppressions_message on handoff.mail_suppressions (message_id);
create index mail_suppressions_newest on handoff.mail_suppressions (since, message_id);
comment on table handoff.mail_suppressions is
  'Addresses that do not work, by a mail that came back: they get sign-in links only, until an admin says otherwise.';
comment on column handoff.mail_suppressions.address is 'As profiles.email; another address of the person is another row.';
comment on column handoff.mail_suppressions.profile_id is 'Whose address it was.';
comment on column handoff.mail_suppressions.message_id is 'The mail that came back.';
comment on column handoff.mail_suppressions.status is 'What the mail server reported, see outbox.bounce_status.';

create table handoff.mail_preferences (
  profile_id uuid not null references handoff.profiles on delete restrict,
  kind       text not null,
  stopped_at timestamptz not null,
  primary key (profile_id, kind),
  constraint mail_preferences_kind_known check (kind in ('reminder', 'digest'))
);
comment on table handoff.mail_preferences is 'Mails that a person wants no more of, by kind; without a row the person gets them.';

-- squawk-ignore require-concurrent-index-creation
create index outbox_ended_links on handoff.outbox (settled_at) where kind = 'sign_in_link' and settled_at is not null;
