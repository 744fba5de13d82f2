create or replace function handoff.stuck_reason(p_enrollment_id uuid, p_activated_at timestamptz, p_now timestamptz)
returns table (kind text, since timestamptz, partner_name text, limit_days integer)
language sql
stable
security definer
set search_path = pg_catalog, pg_temp
as $$
  select k.kind, k.since, k.partner_name, k.limit_days
  from (
    select
      case
        when count(s.id) = 0 then 'no_steps'
        when bool_or(s.status = 'failed') then 'failed'
        when bool_and(s.status in ('completed', 'skipped')) then 'not_closed'
        when not bool_or(s.status = 'in_progress') then 'nothing_running'
        when bool_or(s.status = 'in_progress' and a.refused_at >= s.started_at) then 'refused'
        when bool_or(s.status = 'in_progress' and w.since < p_now - make_interval(days => w.limit_days)) then 'too_long'
      end as kind,
      coalesce(
        max(f.failed_at), max(a.refused_at) filter (where s.status = 'in_progress' and a.refused_at >= s.started_at),
        max(w.since) filter (where s.status in ('in_progress', 'failed')), max(s.completed_at), p_activated_at
      ) as since,
      max(p.name) filter (where s.status in ('in_progress', 'failed')) as partner_name,
      max(w.limit_days) filter (where s.status = 'in_progress') as limit_days
    from handoff.enrollment_steps as s
    join handoff.enrollments as e on e.id = s.enrollment_id
    join handoff.partners as p on p.slug = s.partner_slug
    left join handoff.partner_answers as a on a.step_id = s.id
    left join lateral (
      select max(t.occurred_at) as failed_at
      from handoff.step_transitions as t
      where t.step_id = s.id and t.to_status = 'failed'
    ) as f on s.status = 'failed'
    left join lateral (
      select
        handoff_private.days_count_since(s.id, s.enrollment_id, s.started_at, p_now) as since,
        handoff_private.stuck_after(e.program_slug, s.partner_slug) as limit_days
    ) as w on s.status = 'in_progress'
    where s.enrollment_id = p_enrollment_id
  ) as k
  where k.kind is not null and (select handoff.is_admin())
$$;

comment on function handoff.stuck_reason(uuid, timestamptz, timestamptz) is
  'Why and since when an active enrollment does not move; no row when it does.';
