-- Each kind is read by an index of its own, and no further than 1001: it costs the same however many wait. Of each kind
-- one is shown, and then the worst.
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
  wanted as (
    select
      'approve' as kind, 'awaiting_approval' as about, p.severity, p.enrolled_at as since, 1 as events, p.numbers,
      p.id as enrollment_id, null::uuid as step_id, null::text as partner_slug, null::text as account, null::uuid as receipt,
      p.alert_id, 'enrollment_blocked' as alert_kind, null::uuid as person_id
    from approval as p
    union all
    select
      a.kind, a.about, a.severity, a.since, 1, a.numbers, a.enrollment_id, a.step_id, a.partner_slug, null, null, a.alert_id,
      a.alert_kind, a.profile_id
    from handoff.queued_alerts() as a
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
