-- What is wrong now, as rows that open once and close by themselves; and what the worker keeps to see it at no more cost
-- than there is wrong.
-- The tables that are changed hold configuration, or are new and small: each is scanned in a moment.
-- squawk-ignore-file constraint-missing-not-valid, adding-foreign-key-constraint, ban-drop-constraint

-- Nobody writes the trail meanwhile, so what is noted here is what its end says.
lock table handoff.step_transitions, handoff.acts in share row exclusive mode;

alter table handoff.program_partners add column stuck_after_days integer;
alter table handoff.program_partners add constraint program_partners_stuck_after_days_positive check (stuck_after_days > 0);
comment on column handoff.program_partners.stuck_after_days is
  'A step in progress for longer than this many days is shown as stuck; null: as the partner''s row says.';

alter table handoff.school add column approval_within_days integer not null default 3;
alter table handoff.school add column digest_at time not null default '07:00';
alter table handoff.school add constraint school_approval_within_days_range check (approval_within_days between 1 and 365);
comment on column handoff.school.approval_within_days is 'An enrollment that awaits approval for longer raises an alert.';
comment on column handoff.school.digest_at is 'When admins get the mail of the day with what newly needs them, by the school''s time.';

alter table handoff.partner_breakers add column failing_since timestamptz;
update handoff.partner_breakers set failing_since = now();
comment on column handoff.partner_breakers.failing_since is 'When the first of the failures in a row was.';

create table handoff.standings (
  enrollment_id uuid primary key references handoff.enrollments on delete restrict,
  program_slug  text not null references handoff.programs on update cascade on delete restrict,
  state         text not null,
  step_id       uuid,
  partner_slug  text references handoff.partners on update cascade on delete restrict,
  since         timestamptz not null,
  constraint standings_state_holds check (
    case
      when state in ('in_progress', 'failed') then step_id is not null and partner_slug is not null
      when state in ('awaiting_approval', 'no_steps', 'nothing_running', 'not_closed') then num_nonnulls(step_id, partner_slug) = 0
      else false
    end
  )
) with (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.01);
create index standings_partner on handoff.standings (partner_slug, program_slug, since)
  where partner_slug is not null;
create index standings_state on handoff.standings (state, since) where state <> 'in_progress';
create index standings_program on handoff.standings (program_slug);
comment on table handoff.standings is
  'How each pending or active enrollment stands, as far as the audit trail was followed: what is late is found without a look at the others.';
comment on column handoff.standings.state is
  'in_progress: a step is; failed; awaiting_approval; no_steps; nothing_running, though steps wait; not_closed, though all are done.';
comment on column handoff.standings.step_id is
  'The one in progress, or failed. No foreign key: each event that moves a step would pay for it; the books compare.';
comment on column handoff.standings.since is
  'Since when at the earliest its days count; moved on when they are found to count from later.';

create table handoff.completion_days (
  day          date not null,
  partner_slug text not null references handoff.partners on update cascade on delete cascade,
  actor_id     uuid references handoff.profiles on delete restrict,
  completions  integer not null,
  too_soon     integer not null,
  constraint completion_days_once unique nulls not distinct (day, partner_slug, actor_id),
  constraint completion_days_counts_hold check (completions > 0 and too_soon between 0 and completions)
);
create index completion_days_partner on handoff.completion_days (partner_slug, day);
create index completion_days_actor on handoff.completion_days (actor_id, day) where actor_id is not null;
comment on table handoff.completion_days is
  'How many steps were completed on a day of the school, as far as the audit trail was followed: what a usual day of a partner is. Kept for 60 days.';
comment on column handoff.completion_days.actor_id is 'Who entered them by hand; null: the partner''s events, or nobody who is known.';
comment on column handoff.completion_days.too_soon is 'Of these, by a webhook within ten minutes after the step began.';

create table handoff.alerts (
  id              uuid primary key default gen_random_uuid(),
  kind            text not null,
  subject         text not null generated always as (
    coalesce('step:' || step_id, 'enrollment:' || enrollment_id, 'person:' || profile_id, 'partner:' || partner_slug, 'handoff')
    || coalesce(':' || about, '')
  ) stored,
  severity        text not null,
  about           text,
  enrollment_id   uuid references handoff.enrollments on delete restrict,
  step_id         uuid,
  partner_slug    text references handoff.partners on update cascade on delete restrict,
  profile_id      uuid references handoff.profiles on delete restrict,
  numbers         jsonb not null,
  opened_at       timestamptz not null,
  last_seen_at    timestamptz not null,
  closed_at       timestamptz,
  owner_id        uuid references handoff.profiles on delete restrict,
  acknowledged_at timestamptz,
  acknowledged_by uuid references handoff.profiles on delete restrict,
  snoozed_until   timestamptz,
  notified_at     timestamptz,
  digested_at     timestamptz,
  constraint alerts_severity_known check (severity in ('notice', 'severe')),
  constraint alerts_about_shape check (about ~ '^[a-z][a-z0-9_]{0,39}$'),
  constraint alerts_numbers_object check (jsonb_typeof(numbers) = 'object'),
  constraint alerts_time_order check (
    last_seen_at >= opened_at and closed_at >= last_seen_at and acknowledged_at >= opened_at and notified_at >= opened_at
  ),
  constraint alerts_acknowledged_by_somebody check (acknowledged_by is null or acknowledged_at is not null),
  constraint alerts_kind_holds check (
    case kind
      when 'stuck_student' then num_nulls(step_id, enrollment_id, partner_slug) = 0 and num_nonnulls(profile_id, about) = 0
      when 'enrollment_blocked' then num_nulls(enrollment_id, about) = 0 and num_nonnulls(step_id, profile_id) = 0
      when 'webhook_failures' then num_nulls(partner_slug, about) = 0 and num_nonnulls(step_id, enrollment_id, profile_id) = 0
      when 'partner_silent' then partner_slug is not null and num_nonnulls(step_id, enrollment_id, profile_id, about) = 0
      when 'events_waiting' then num_nulls(partner_slug, about) = 0 and num_nonnulls(step_id, enrollment_id, profile_id) = 0
      when 'delivery_failing' then about is not null and num_nonnulls(step_id, enrollment_id, profile_id) = 0
      when 'completion_anomaly' then about is not null and num_nonnulls(step_id, partner_slug, profile_id) > 0
      when 'worker_silent' then num_nonnulls(step_id, enrollment_id, partner_slug, profile_id, about) = 0
      else false
    end
  )
) with (fillfactor = 70);
create unique index alerts_one_open on handoff.alerts (kind, subject) where closed_at is null;
create index alerts_open on handoff.alerts (severity desc, opened_at, id) where closed_at is null;
create index alerts_untold on handoff.alerts (severity) where closed_at is null and notified_at is null and digested_at is null;
create index alerts_closed on handoff.alerts (closed_at) where closed_at is not null;
create index alerts_enrollment on handoff.alerts (enrollment_id) where enrollment_id is not null;
create index alerts_partner on handoff.alerts (partner_slug) where partner_slug is not null;
create index alerts_profile on handoff.alerts (profile_id) where profile_id is not null;
create index alerts_owner on handoff.alerts (owner_id) where owner_id is not null;
create index alerts_acknowledged_by on handoff.alerts (acknowledged_by) where acknowledged_by is not null;
comment on table handoff.alerts is
  'What is or was wrong: a row opens once, closes when that is over, and a new one opens when it is back. No text of a person: names are looked up.';
comment on column handoff.alerts.subject is 'What it is about, as text; with the kind it names one open row. Made of the columns, so that it follows a partner that is renamed.';
comment on column handoff.alerts.severity is 'notice: in the mail of the day; severe: told at once.';
comment on column handoff.alerts.about is 'Which of several things of one kind and subject, as a code.';
comment on column handoff.alerts.step_id is 'No foreign key: each event that moves a step would pay for it.';
comment on column handoff.alerts.numbers is 'Why it was raised, as it was last seen: counts, days, limits and codes.';
comment on column handoff.alerts.last_seen_at is 'When it was last still so, to ten minutes.';
comment on column handoff.alerts.snoozed_until is 'Until then it is on no list of work and in no mail, unless it becomes severe.';
comment on column handoff.alerts.notified_at is 'When it was told of at once; null: it was not.';
comment on column handoff.alerts.digested_at is 'When it stood in a mail of the day; null: not since it opened, or was last snoozed.';

create type handoff_private.finding as (
  kind          text,
  severity      text,
  about         text,
  enrollment_id uuid,
  step_id       uuid,
  partner_slug  text,
  profile_id    uuid,
  numbers       jsonb
);
comment on type handoff_private.finding is 'Something that is wrong now: columns of alerts.';

-- What an admin does with an alert is an act like any other.
alter table handoff.acts add column alert_id uuid references handoff.alerts on delete restrict;
alter table handoff.acts
  add constraint acts_names_alert check (
    (act in ('alert_acknowledged', 'alert_snoozed', 'alert_owned')) = (alert_id is not null)
  );
create index acts_alert on handoff.acts (alert_id) where alert_id is not null;
comment on column handoff.acts.alert_id is 'Of alert_acknowledged, alert_snoozed and alert_owned.';
create index acts_unlinked on handoff.acts (profile_id) where act = 'unlinked';
create index partner_answers_refused on handoff.partner_answers (step_id) where refused_at is not null;
create index outbox_alert_webhooks on handoff.outbox (due_at) where kind = 'alert_webhook' and due_at is not null;
create index outbox_trying on handoff.outbox (attempts) where status in ('failed', 'sending');

-- Who reads the trail beside those who are told: who watches.
alter table handoff.trail_readers
  drop constraint trail_readers_name_known,
  add constraint trail_readers_name_known check (name in ('messages', 'watch', 'figures'));
insert into handoff.trail_readers (name, began, position, moved_at, seen_at)
select 'watch', l.id, l.id, now(), now()
from (select case when s.is_called then s.last_value else s.last_value - 1 end from handoff.step_transitions_id_seq as s) as l (id);

insert into handoff.standings (enrollment_id, program_slug, state, step_id, partner_slug, since)
select e.id, e.program_slug, 'awaiting_approval', null, null, e.enrolled_at
from handoff.enrollments as e
where e.status = 'pending'
union all
select e.id, e.program_slug, k.state, case when k.state in ('in_progress', 'failed') then k.step_id end,
  case when k.state in ('in_progress', 'failed') then k.partner_slug end, k.since
from handoff.enrollments as e
cross join lateral (
  select
    case
      when count(s.id) = 0 then 'no_steps'
      when bool_or(s.status = 'failed') then 'failed'
      when bool_or(s.status = 'in_progress') then 'in_progress'
      when bool_and(s.status in ('completed', 'skipped')) then 'not_closed'
      else 'nothing_running'
    end as state,
    (array_agg(s.id order by s.status, s.sequence_order) filter (where s.status in ('failed', 'in_progress')))[1] as step_id,
    (array_agg(s.partner_slug order by s.status, s.sequence_order) filter (where s.status in ('failed', 'in_progress')))[1]
      as partner_slug,
    coalesce(max(s.started_at) filter (where s.status in ('failed', 'in_progress')), max(s.completed_at), e.activated_at) as since
  from handoff.enrollment_steps as s
  where s.enrollment_id = e.id
) as k
where e.status = 'active';
