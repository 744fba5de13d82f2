create or replace function handoff_private.faults_of_credit()
returns table (invariant text, enrollment_id uuid, detail text)
language sql
stable
as $$
  with credit as (
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

comment on function handoff_private.faults_of_credit() is
  'What is wrong in what is credited to events, and in what is counted of them.';
