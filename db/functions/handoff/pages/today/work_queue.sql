-- Each kind is read by an index of its own, and no further than 1001: it costs the same however many wait. An alert is
-- closed within a minute; what is done by then is left out here. Of each kind one is shown, and then the worst. Under
-- row-level security no index is used on coalesce, but on case; and the planner does not know that one kind of alert
-- can be most of them, so it is told to read in order and stop, not to gather and sort.
create or replace function handoff.work_queue(p_limit integer default 10)
returns table (
  kind text,
  about text,
  severity text,
  since timestamptz,
  events integer,
  numbers jsonb,
  profile_id uuid,
  full_name text,
  email text,
  enrollment_id uuid,
  step_id uuid,
  program_name text,
  partner_slug text,
  partner_name text,
  account text,
  receipt uuid,
  alert_id uuid,
  alert_kind text,
  person_name text,
  of_kind integer,
  events_of_kind integer,
  oldest_of_kind timestamptz
)
language sql
volatile
set search_path = pg_catalog, pg_temp
set enable_bitmapscan = off
as $$
  with now (at) as materialized (select handoff.clock()),
  approval as (
    select e.id, e.enrolled_at, a.id as alert_id, coalesce(a.severity, 'notice') as severity, coalesce(a.numbers, '{}') as numbers
    from now as n
    cross join handoff.enrollments as e
    left join lateral (
      select o.*
      from handoff.alerts as o
      where o.enrollment_id = e.id and o.kind = 'enrollment_blocked' and o.about = 'awaiting_approval' and o.closed_at is null
      limit 1
    ) as a on true
    where e.status = 'pending' and a.acknowledged_at is null and coalesce(a.snoozed_until <= n.at, true)
    order by e.enrolled_at, e.id
    limit 1001
  ),
  alert as (
    select k.kind as queue_kind, a.*, s.id as found_step_id
    from now as n
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
  ),
  wanted as (
    select
      'approve' as kind, 'awaiting_approval' as about, p.severity, p.enrolled_at as since, 1 as events, p.numbers,
      p.id as enrollment_id, null::uuid as step_id, null::text as partner_slug, null::text as account, null::uuid as receipt,
      p.alert_id, 'enrollment_blocked' as alert_kind, null::uuid as person_id
    from approval as p
    union all
    select
      a.queue_kind, coalesce(a.about, ''), a.severity, coalesce((a.numbers ->> 'since')::timestamptz, a.opened_at), 1, a.numbers,
      a.enrollment_id, coalesce(a.found_step_id, a.step_id), a.partner_slug, null, null, a.id, a.kind, a.profile_id
    from alert as a
    union all
    select
      'account', 'unknown_student', 'notice', w.since, w.events, '{}', null, null, w.partner_slug, w.account, w.receipt, null,
      null, null
    from handoff.waiting_accounts(1001) as w
    union all
    select
      'event', v.reason, 'notice', v.since, v.events, jsonb_build_object('status', v.status), null, null, v.partner_slug,
      null, v.receipt, null, null, null
    from handoff.events_to_look_at() as v
    where v.reason <> 'unknown_student'
  ),
  placed as (
    select
      w.*, count(*) over whole as of_kind, sum(w.events) over whole as events_of_kind, min(w.since) over whole as oldest_of_kind,
      row_number() over ranked as nth
    from wanted as w
    window
      whole as (partition by w.kind),
      ranked as (whole order by w.severity desc, w.since, w.account, w.enrollment_id, w.receipt, w.alert_id)
  ),
  shown as (
    select p.* from placed as p order by p.nth > 1, p.severity desc, p.nth, p.since, p.kind limit p_limit
  )
  select
    w.kind, w.about, w.severity, w.since, w.events, w.numbers, s.id, s.full_name, s.email, w.enrollment_id, w.step_id, g.name,
    w.partner_slug, r.name, w.account, w.receipt, w.alert_id, w.alert_kind, o.full_name, w.of_kind::integer,
    w.events_of_kind::integer, w.oldest_of_kind
  from shown as w
  left join handoff.partners as r on r.slug = w.partner_slug
  left join handoff.enrollments as e on e.id = w.enrollment_id
  left join handoff.programs as g on g.slug = e.program_slug
  left join handoff.profiles as s on s.id = e.student_id
  left join handoff.profiles as o on o.id = w.person_id
  order by w.severity desc, w.since, w.kind, w.nth
$$;

comment on function handoff.work_queue(integer) is
  'What needs a person, worst and oldest first, of each kind one at least: approve, failed, refused (at the partner), '
  'stuck, blocked, account (nobody''s yet: how many events wait, and the newest), event (others, by partner and '
  'reason), alert. of_kind and the next two: of all of its kind, up to 1001. What is known or left alone is not here.';
