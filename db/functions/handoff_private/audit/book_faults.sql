-- Reads every enrollment and every event: for a DBA, a simulation and the tests, not for a page.
create or replace function handoff_private.book_faults()
returns table (invariant text, enrollment_id uuid, detail text)
language sql
stable
set search_path = pg_catalog, pg_temp
as $$
  with sequence as (
    select
      e.id,
      e.status,
      string_agg(s.partner_slug || ':' || s.status, ' ' order by s.sequence_order) as steps,
      count(s.id) as total,
      count(*) filter (where s.status = 'in_progress') as in_progress,
      count(*) filter (where s.status in ('in_progress', 'failed')) as current,
      min(s.sequence_order) filter (where s.status = 'pending') as first_pending,
      max(s.sequence_order) filter (where s.status in ('in_progress', 'failed')) as last_current,
      count(*) filter (where s.status = 'completed') as completed,
      coalesce(bool_and(s.status in ('completed', 'skipped')) and bool_or(s.status = 'completed'), false) as is_done,
      exists (select from handoff.certificates as c where c.enrollment_id = e.id) as has_certificate,
      exists (
        select from handoff.certificates as c
        where c.enrollment_id = e.id and c.revoked_at is null and c.replaced_at is null
      ) as is_certified
    from handoff.enrollments as e
    left join handoff.enrollment_steps as s on s.enrollment_id = e.id
    group by e.id
  ),
  trail as (
    select
      t.enrollment_id,
      t.step_id,
      t.from_status,
      t.to_status,
      lag(t.to_status) over thread as previous_status,
      lead(t.id) over thread is null as is_last
    from handoff.step_transitions as t
    window thread as (partition by t.enrollment_id, t.step_id order by t.id)
  ),
  thing (enrollment_id, step_id, status) as (
    select e.id, null::uuid, e.status from handoff.enrollments as e
    union all
    select s.enrollment_id, s.id, s.status from handoff.enrollment_steps as s
  ),
  credit as (
    select
      e.receipt,
      s.id as step_id,
      s.enrollment_id,
      e.event_key,
      (n.student_id, e.partner_slug, e.item_ref, e.partner_completed_at)::text as completion,
      n.status <> 'withdrawn' as counts,
      e.partner_completed_at is not null as is_dated,
      w.reason is not null or e.channel in ('manual', 'evidence') or exists (
        select from handoff.acts as a where a.act = 'merged' and a.enrollment_id = s.enrollment_id
      ) as by_hand
    from handoff.enrollment_steps as s
    join handoff.enrollments as n on n.id = s.enrollment_id
    join handoff.partner_events as e on e.receipt = s.completed_by
    left join lateral (
      select t.reason
      from handoff.step_transitions as t
      where t.step_id = s.id and t.to_status = 'completed'
      order by t.id desc
      limit 1
    ) as w on true
    where s.status = 'completed'
  ),
  told as (
    select
      e.step_id,
      count(distinct (e.item_ref, e.partner_completed_at)) filter (
        where e.reason = 'attempt_failed' and e.partner_completed_at is not null
      ) + count(*) filter (where e.reason = 'attempt_failed' and e.partner_completed_at is null) as attempts,
      count(distinct (e.event_type, e.item_ref)) filter (where e.reason = 'progress' and e.item_ref is not null) as parts,
      coalesce(bool_or(t.progress_total is not null) filter (where e.reason = 'progress'), false) as has_total
    from handoff.partner_events as e
    left join handoff.partner_event_types as t on t.partner_slug = e.partner_slug and t.event_type = e.event_type
    where e.step_id is not null and e.reason in ('attempt_failed', 'progress')
    group by e.step_id
  )
  select 'no pending step stands before the current one', q.id, q.steps
  from sequence as q
  where q.first_pending < q.last_current

  union all
  select 'at most one step is in progress', q.id, q.steps
  from sequence as q
  where q.in_progress > 1

  union all
  select 'a failed step is the only current one', q.id, q.steps
  from sequence as q
  where q.current > greatest(q.in_progress, 1)

  union all
  select 'a running enrollment has a step in progress or a failed one', q.id, q.status || ' ' || coalesce(q.steps, 'no steps')
  from sequence as q
  where q.status in ('active', 'on_hold') and q.current = 0

  union all
  select 'an enrollment that awaits approval has no steps', q.id, q.steps
  from sequence as q
  where q.status = 'pending' and q.total > 0

  union all
  select 'an enrollment is completed when its steps are done, and only then', q.id,
    q.status || ' ' || coalesce(q.steps, 'no steps')
  from sequence as q
  where q.status <> 'withdrawn' and (q.status = 'completed') <> q.is_done

  union all
  select 'a completed enrollment has a certificate, and no other has a valid one', q.id, q.status
  from sequence as q
  where case when q.status = 'completed' then not q.has_certificate else q.is_certified end

  union all
  select 'a valid certificate lists the completed steps', q.id, c.partners::text
  from sequence as q
  join handoff.certificates as c on c.enrollment_id = q.id and c.revoked_at is null and c.replaced_at is null
  where jsonb_array_length(c.partners) <> q.completed

  union all
  select 'a certificate was ended by an act, and by one', c.enrollment_id, c.number
  from handoff.certificates as c
  where num_nonnulls(c.revoked_at, c.replaced_at) <> (
    select count(*)
    from handoff.acts as a
    where a.certificate_number = c.number and a.act in ('certificate_revoked', 'certificate_reissued')
  )

  union all
  select 'every event is decided', e.enrollment_id, e.event_key
  from handoff.partner_events as e
  where e.status = 'received'

  union all
  select 'each transition starts where the one before it ended', t.enrollment_id, concat(t.from_status, ' to ', t.to_status)
  from trail as t
  where t.from_status is distinct from t.previous_status

  union all
  select 'the audit trail replays to the current state', g.enrollment_id, concat(g.status, ', the trail says ', t.to_status)
  from thing as g
  left join trail as t on t.enrollment_id = g.enrollment_id and t.step_id is not distinct from g.step_id and t.is_last
  where t.to_status is distinct from g.status

  union all
  select 'no event waits for an account that is linked', e.enrollment_id, e.event_key
  from handoff.partner_events as e
  where e.status = 'parked' and handoff_private.is_ready(e, 'account')

  union all
  select 'no event waits for an enrollment that is active', e.enrollment_id, e.event_key || ' ' || e.reason
  from handoff.partner_events as e
  where e.status = 'parked' and handoff_private.is_ready(e, 'enrollment')

  union all
  select 'an event that completed a step did so', e.enrollment_id, e.event_key
  from handoff.partner_events as e
  where e.status = 'accepted' and e.reason in ('completed', 'completed_early')
    and not exists (
      select
      from handoff.step_transitions as t
      where t.event_receipt = e.receipt and t.step_id = e.step_id and t.to_status = 'completed'
    )

  union all
  select 'a completed step is credited to the event of which its trail tells', s.enrollment_id,
    concat(s.partner_slug, ': ', s.completed_by, ', the trail says ', w.event_receipt)
  from handoff.enrollment_steps as s
  join lateral (
    select t.to_status, t.cause, t.event_receipt
    from handoff.step_transitions as t
    where t.step_id = s.id
    order by t.id desc
    limit 1
  ) as w on w.to_status = 'completed' and w.cause <> 'direct'
  where s.status = 'completed' and s.completed_by is distinct from w.event_receipt and not (
    -- The event was taken back with the account that it named, and the step stayed.
    s.completed_by is null and not exists (
      select
      from handoff.partner_events as e
      where e.receipt = w.event_receipt and e.step_id = s.id and e.status = 'accepted'
    )
  )

  union all
  select 'a step is credited to an event that was applied', c.enrollment_id, c.event_key
  from credit as c
  join handoff.partner_events as e on e.receipt = c.receipt
  where c.counts and (e.status <> 'accepted' or e.reason not in ('completed', 'completed_early'))

  union all
  select 'one completion is credited once, but by an admin''s hand', min(c.enrollment_id::text)::uuid,
    string_agg(c.event_key, ' ')
  from credit as c
  where c.counts and c.is_dated and not c.by_hand
  group by c.completion
  having count(*) > 1

  union all
  select 'a step counts its failed attempts and its parts', s.enrollment_id, s.partner_slug
  from handoff.enrollment_steps as s
  left join told as t on t.step_id = s.id
  where s.failed_attempts <> coalesce(t.attempts, 0) or s.progress_count > coalesce(t.parts, 0)
    or (s.progress_count < t.parts and not t.has_total)
$$;

comment on function handoff_private.book_faults() is
  'Each place where something that must hold after every commit does not: no row, or there is a bug. The enrollment '
  'is null where none is known.';
