-- Mails go out from the outbox alone: where they begin, what they are made of, and the links that the worker makes.
-- The outbox is small: its indexes are made under the deploy's lock.
-- squawk-ignore-file require-concurrent-index-creation, constraint-missing-not-valid

-- Nobody writes the trail meanwhile, so nobody is mailed about what was before.
lock table handoff.step_transitions, handoff.acts in share row exclusive mode;

create table handoff.mailing (
  is_the_mailing boolean primary key default true,
  began          bigint not null,
  failures       integer not null default 0,
  open_until     timestamptz,
  due_from       timestamptz,
  constraint mailing_one_row check (is_the_mailing),
  constraint mailing_counts_positive check (began >= 0 and failures >= 0)
);
comment on table handoff.mailing is 'One row: where mails begin in the audit trail, and how the mail server fares.';
comment on column handoff.mailing.is_the_mailing is 'Always true, so that there is one row.';
comment on column handoff.mailing.began is 'The last id of the trail that was there before mails were; nobody is mailed about what is up to it.';
comment on column handoff.mailing.failures is 'How often in a row the mail server could not be reached.';
comment on column handoff.mailing.open_until is 'The mail server is left alone until then, and tried with one mail after that; null: it answers.';
comment on column handoff.mailing.due_from is
  'No mail that is not settled was due before, so that claiming need not look further back; null: not looked yet.';

insert into handoff.mailing (began)
select case when s.is_called then s.last_value else s.last_value - 1 end from handoff.step_transitions_id_seq as s;

alter table handoff.sign_in_links add column link_id uuid;
create unique index sign_in_links_link on handoff.sign_in_links (link_id) where link_id is not null;
comment on column handoff.sign_in_links.link_id is
  'What the token is made of, with a key that is not in the database: the worker makes it again when it mails the link. Null: mailed or printed by who made it.';

-- Each of these small indexes is held by words of its own, which only its reader says. A reader that says another's
-- would be led through it, since few rows are alive in it; and under a long snapshot it is full of dead ones.
create index outbox_mails_due on handoff.outbox ((case kind when 'sign_in_link' then 1 else 2 end), due_at)
  where status in ('pending', 'failed') and kind not in ('enroll_at_partner', 'alert_webhook');
create index outbox_mails_end on handoff.outbox (expires_at) where profile_id is not null and settled_at is null;
create index outbox_mails on handoff.outbox (made_at desc, message_id desc) where profile_id is not null;
create index outbox_mails_by_status on handoff.outbox (status, made_at desc, message_id desc) where profile_id is not null;

create type handoff.claimed_mail as (
  message_id  uuid,
  lease_token uuid,
  kind        text,
  address     text,
  full_name   text,
  facts       jsonb,
  body        text
);
comment on type handoff.claimed_mail is
  'A mail for one worker: whom it goes to, what it is to tell, what was written before (null: nothing), and the lease with which it is settled.';

-- Another argument says which reader follows; and no worker of before goes on, to whom mails are not known.
-- squawk-ignore ban-drop-function
drop function if exists handoff.follow_trail(bigint, xid8, integer);
