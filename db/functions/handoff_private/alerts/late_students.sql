create or replace function handoff_private.late_students(p_now timestamptz)
returns setof handoff_private.finding
language sql
stable
as $$
  select
    'stuck_student', 'notice', null::text, w.enrollment_id, w.step_id, w.partner_slug, null::uuid,
    jsonb_build_object(
      'days', floor(extract(epoch from p_now - w.since) / 86400)::integer, 'limit_days', p.stuck_after, 'since', w.since
    )
  from handoff_private.watched_pairs() as p
  join handoff.standings as w
    on w.partner_slug = p.partner_slug and w.program_slug = p.program_slug
    and w.since < p_now - make_interval(days => p.stuck_after) and w.state = 'in_progress'
$$;

comment on function handoff_private.late_students(timestamptz) is
  'Alerts stuck_student: students who have been with a partner for longer than the program allows.';
