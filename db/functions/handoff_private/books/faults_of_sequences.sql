create or replace function handoff_private.faults_of_sequences()
returns table (invariant text, enrollment_id uuid, detail text)
language sql
stable
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
      coalesce(bool_and(s.status in ('completed', 'skipped')) and bool_or(s.status = 'completed'), false) as is_done
    from handoff.enrollments as e
    left join handoff.enrollment_steps as s on s.enrollment_id = e.id
    group by e.id
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
$$;

comment on function handoff_private.faults_of_sequences() is
  'What is wrong in the steps of an enrollment, and between them and its status.';
