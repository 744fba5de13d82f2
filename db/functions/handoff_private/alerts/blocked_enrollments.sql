create or replace function handoff_private.blocked_enrollments(p_now timestamptz)
returns setof handoff_private.finding
language sql
stable
as $$
  select
    'enrollment_blocked', 'notice', b.about, b.enrollment_id, null::uuid, b.partner_slug, null::uuid,
    jsonb_strip_nulls(jsonb_build_object(
      'since', b.since, 'days', floor(extract(epoch from p_now - b.since) / 86400)::integer, 'limit_days', b.limit_days
    ))
  from (
    select w.state, w.enrollment_id, w.partner_slug, w.since, null::integer
    from handoff.standings as w
    where w.state in ('failed', 'no_steps', 'nothing_running', 'not_closed')
    union all
    select w.state, w.enrollment_id, null, w.since, s.approval_within_days
    from handoff.school as s
    join handoff.standings as w
      on w.state = 'awaiting_approval' and w.since < p_now - make_interval(days => s.approval_within_days)
    union all
    select 'refused', r.enrollment_id, r.partner_slug, r.refused_at, null
    from handoff_private.refused_steps() as r
    union all
    select 'taken_back', t.enrollment_id, null, t.since, null
    from handoff.taken_back_enrollments() as t
  ) as b (about, enrollment_id, partner_slug, since, limit_days)
$$;

comment on function handoff_private.blocked_enrollments(timestamptz) is
  'Alerts enrollment_blocked: failed, no_steps, nothing_running, not_closed; awaiting_approval for too long; refused '
  'by the partner; taken_back, as in taken_back_enrollments.';
