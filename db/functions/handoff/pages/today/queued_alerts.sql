-- An alert is closed within a minute; what is done by then is left out here. Under row-level security no index is used
-- on coalesce, but on case; and the planner does not know that one kind of alert can be most of them, so it is told to
-- read in order and stop, not to gather and sort.
create or replace function handoff.queued_alerts()
returns table (
  kind text,
  about text,
  severity text,
  since timestamptz,
  numbers jsonb,
  enrollment_id uuid,
  step_id uuid,
  partner_slug text,
  alert_id uuid,
  alert_kind text,
  profile_id uuid
)
language sql
volatile
set search_path = pg_catalog, pg_temp
set enable_bitmapscan = off
as $$
  select
    k.kind, k.about, a.severity, coalesce((a.numbers ->> 'since')::timestamptz, a.opened_at), a.numbers, a.enrollment_id,
    coalesce(s.id, a.step_id), a.partner_slug, a.id, a.kind, a.profile_id
  from (select handoff.clock()) as n (at)
  cross join (
    values
      ('failed', 'enrollment_blocked', 'failed', 'failed'),
      ('refused', 'enrollment_blocked', 'refused', 'in_progress'),
      ('stuck', 'stuck_student', '', 'in_progress'),
      ('blocked', 'enrollment_blocked', 'no_steps', ''),
      ('blocked', 'enrollment_blocked', 'nothing_running', ''),
      ('blocked', 'enrollment_blocked', 'not_closed', ''),
      ('blocked', 'enrollment_blocked', 'taken_back', ''),
      ('alert', 'worker_silent', '', ''),
      ('alert', 'delivery_failing', 'unreachable', ''),
      ('alert', 'delivery_failing', 'refused', ''),
      ('alert', 'delivery_failing', 'mail_refused', ''),
      ('alert', 'delivery_failing', 'mail_in_doubt', ''),
      ('alert', 'delivery_failing', 'mail_server', ''),
      ('alert', 'delivery_failing', 'alert_webhook', ''),
      ('alert', 'webhook_failures', 'signature', ''),
      ('alert', 'webhook_failures', 'too_large', ''),
      ('alert', 'webhook_failures', 'unsupported', ''),
      ('alert', 'webhook_failures', 'rejected', ''),
      ('alert', 'webhook_failures', 'parked', ''),
      ('alert', 'webhook_failures', 'our_fault', ''),
      ('alert', 'partner_silent', '', ''),
      ('alert', 'events_waiting', 'due', ''),
      ('alert', 'completion_anomaly', 'many', ''),
      ('alert', 'completion_anomaly', 'too_soon', ''),
      ('alert', 'completion_anomaly', 'by_hand', ''),
      ('alert', 'completion_anomaly', 'without_completion', '')
  ) as k (kind, alert_kind, about, step_status)
  cross join lateral (
    select o.*
    from handoff.alerts as o
    where o.kind = k.alert_kind and case when o.about is null then '' else o.about end = k.about and o.closed_at is null
      and o.acknowledged_at is null and coalesce(o.snoozed_until <= n.at, true)
    order by o.severity desc, o.opened_at, o.id
    limit 1001
  ) as a
  left join lateral (
    select t.id
    from handoff.enrollments as e
    join handoff.enrollment_steps as t on t.enrollment_id = e.id and t.status = k.step_status
    left join handoff.partner_answers as p on p.step_id = t.id
    where e.id = a.enrollment_id and e.status = 'active' and (a.step_id is null or t.id = a.step_id)
      and (k.kind = 'failed' or (k.kind = 'refused') = coalesce(p.refused_at >= t.started_at, false))
    order by t.sequence_order
    limit 1
  ) as s on k.step_status <> ''
  where k.step_status = '' or s.id is not null
$$;

comment on function handoff.queued_alerts() is
  'The alerts that stand in work_queue, up to 1001 of each sort: open, neither known nor left alone, and not done '
  'with since. step_id: the step that is meant.';
