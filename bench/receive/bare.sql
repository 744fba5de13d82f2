-- The same rows, by a superuser who knows every id, in one statement: no locks, no decisions, no row-level security.
\set i :i + 1
\set n :first + :client_id * :per_client + :i
with t as (select * from bench.targets where n = (:n)::integer),
b as (select convert_to('{"event":"course.completed","student_id":"s' || (:n)::text || '","course_id":"hsi-cpr-101","completed_at":"' || (:now)::text || '"}', 'UTF8') as body),
event as (
  insert into handoff.partner_events (
    partner_slug, event_key, channel, context, body, body_sha256, received_at, last_seen_at, status, reason, first_outcome,
    event_type, meaning, external_student_id, item_ref, partner_completed_at, student_id, enrollment_id, step_id
  )
  select 'hsi', 'key-' || (:n)::text, 'webhook', '{}', b.body, sha256(b.body), clock_timestamp(), clock_timestamp() + interval '1 ms', 'accepted',
    'completed', 'accepted' || chr(58) || 'completed', 'course.completed', 'completion', 's' || (:n)::text, 'hsi-cpr-101', (:now)::timestamptz,
    t.student_id, t.enrollment_id, t.step_id
  from t cross join b
  returning receipt
),
done as (
  update handoff.enrollment_steps as s
  set status = 'completed', completed_at = clock_timestamp(), partner_completed_at = (:now)::timestamptz
  from t where s.id = t.step_id
  returning s.id
),
started as (
  update handoff.enrollment_steps as s
  set status = 'in_progress', started_at = clock_timestamp()
  from t join done on done.id = t.step_id
  where s.id = t.next_id
)
insert into handoff.step_transitions (
  occurred_at, enrollment_id, step_id, from_status, to_status, cause, event_receipt, actor_role
)
select clock_timestamp(), t.enrollment_id, v.step_id, v.from_status, v.to_status, v.cause, event.receipt, 'handoff_webhook'
from t cross join event cross join lateral (
  values (t.step_id, 'in_progress', 'completed', 'partner_event'), (t.next_id, 'pending', 'in_progress', 'advanced')
) as v (step_id, from_status, to_status, cause);
