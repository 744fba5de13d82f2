-- Students one to :students, each enrolled in a program of two partners and known to the first by an account; and behind
-- them :history students who are through, with their events and their trail, so that no table is empty.
-- Rows are written directly, as the functions would have: what is measured comes after.
\set ON_ERROR_STOP on
begin;
-- No triggers, and so no checks of foreign keys: a million steps in a minute.
set local session_replication_role = replica;
create schema bench;
create table bench.targets (
  n integer primary key,
  student_id uuid not null default gen_random_uuid(),
  enrollment_id uuid not null default gen_random_uuid(),
  step_id uuid not null default gen_random_uuid(),
  next_id uuid not null default gen_random_uuid(),
  is_history boolean not null
);
insert into bench.targets (n, is_history)
select n, n > :students from generate_series(1, :students + :history) as n;

insert into handoff.profiles (id, email, full_name, role, created_at)
select t.student_id, 's' || t.n || '@bench.example', 'Student ' || t.n, 'student', now() from bench.targets as t;
insert into handoff.partner_accounts (partner_slug, external_student_id, student_id, linked_at)
select 'hsi', 's' || t.n, t.student_id, now() from bench.targets as t;

insert into handoff.enrollments (id, student_id, program_slug, status, enrolled_at, activated_at, completed_at)
select
  t.enrollment_id, t.student_id, 'cna', case when t.is_history then 'completed' else 'active' end, now(), now(),
  case when t.is_history then now() end
from bench.targets as t;
insert into handoff.enrollment_steps (id, enrollment_id, partner_slug, sequence_order, status, started_at, completed_at)
select
  t.step_id, t.enrollment_id, 'hsi', 1, case when t.is_history then 'completed' else 'in_progress' end, now(),
  case when t.is_history then now() end
from bench.targets as t
union all
select
  t.next_id, t.enrollment_id, 'certiport', 2, case when t.is_history then 'completed' else 'pending' end,
  case when t.is_history then now() end, case when t.is_history then now() end
from bench.targets as t;

insert into handoff.partner_events (
  partner_slug, event_key, channel, context, body, body_sha256, received_at, last_seen_at, status, reason, first_outcome,
  event_type, meaning, external_student_id, item_ref, partner_completed_at, student_id, enrollment_id, step_id
)
select
  s.partner_slug, 'old-' || t.n, 'webhook', '{}', '{}', sha256('{}'), now(), now(), 'accepted', 'completed',
  concat_ws(chr(58), 'accepted', 'completed'), 'course.completed', 'completion', 's' || t.n, 'hsi-cpr-101', now(),
  t.student_id, t.enrollment_id, s.id
from bench.targets as t
join handoff.enrollment_steps as s on s.enrollment_id = t.enrollment_id
where t.is_history;
insert into handoff.step_transitions (
  occurred_at, enrollment_id, step_id, from_status, to_status, cause, event_receipt, actor_role
)
select now(), e.enrollment_id, e.step_id, 'in_progress', 'completed', 'partner_event', e.receipt, 'handoff_webhook'
from handoff.partner_events as e;
commit;
vacuum analyze;
