create or replace function handoff_private.standing_of(p_enrollment_id uuid)
returns table (program_slug text, state text, step_id uuid, partner_slug text, since timestamptz)
language sql
stable
as $$
  select e.program_slug, 'awaiting_approval', null::uuid, null::text, e.enrolled_at
  from handoff.enrollments as e
  where e.id = p_enrollment_id and e.status = 'pending'
  union all
  select
    e.program_slug, k.state, (k.current).id, (k.current).partner_slug,
    coalesce(
      (
        select max(t.occurred_at)
        from handoff.step_transitions as t
        where t.step_id = (k.current).id and t.to_status = k.state
      ),
      k.completed_at, e.activated_at
    )
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
      (array_agg(s order by s.status, s.sequence_order) filter (where s.status in ('failed', 'in_progress')))[1] as current,
      max(s.completed_at) as completed_at
    from handoff.enrollment_steps as s
    where s.enrollment_id = e.id
  ) as k
  where e.id = p_enrollment_id and e.status = 'active'
$$;

comment on function handoff_private.standing_of(uuid) is
  'How a pending or active enrollment stands, a row of standings; no row for any other.';
