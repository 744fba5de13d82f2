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
      e.enrollment_id,
      e.event_key,
      (e.student_id, e.partner_slug, e.item_ref, e.partner_completed_at)::text as completion,
      e.partner_completed_at is not null as is_dated,
      count(t.id) as times,
      bool_or(t.reason is not null) as by_hand
    from handoff.partner_events as e
    left join handoff.step_transitions as t
      on t.event_receipt = e.receipt and t.step_id = e.step_id and t.to_status = 'completed'
    where e.status = 'accepted' and e.reason in ('completed', 'completed_early')
    group by e.receipt
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
  select 'an event that completed a step did so once', c.enrollment_id, concat(c.event_key, ': ', c.times, ' times')
  from credit as c
  where c.times <> 1

  union all
  select 'a step was completed by no event that is not credited', t.enrollment_id, t.event_receipt::text
  from handoff.step_transitions as t
  where t.to_status = 'completed' and t.event_receipt is not null
    and not exists (select from credit as c where c.receipt = t.event_receipt)

  union all
  select 'one completion is credited once, but by an admin''s hand', min(c.enrollment_id::text)::uuid,
    string_agg(c.event_key, ' ')
  from credit as c
  where c.is_dated and not c.by_hand
  group by c.completion
  having count(*) > 1

  union all
  select 'a step counts its failed attempts and its progress', s.enrollment_id, s.partner_slug
  from handoff.enrollment_steps as s
  where (s.failed_attempts, s.progress_count) <> (
    select count(*) filter (where e.reason = 'attempt_failed'), count(*) filter (where e.reason = 'progress')
    from handoff.partner_events as e
    where e.step_id = s.id
  )
$$;

comment on function handoff_private.book_faults() is
  'Each place where something that must hold after every commit does not: no row, or there is a bug. The enrollment '
  'is null where none is known.';
