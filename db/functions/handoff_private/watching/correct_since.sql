-- Lock order: watch.
-- So who waits for the partner, or was on hold, is looked at once, and not at each sweep. While the days don't count
-- yet, they will not from before now.
create or replace function handoff_private.correct_since(p_now timestamptz)
returns void
language sql
volatile
as $$
  with late as (
    select w.enrollment_id, c.since
    from handoff_private.watched_pairs() as p
    join handoff.standings as w
      on w.partner_slug = p.partner_slug and w.program_slug = p.program_slug
      and w.since < p_now - make_interval(days => p.stuck_after) and w.state = 'in_progress'
    join handoff.enrollment_steps as s on s.id = w.step_id and s.started_at is not null
    cross join lateral (
      select coalesce(handoff_private.days_count_since(w.step_id, w.enrollment_id, s.started_at, p_now), p_now)
    ) as c (since)
    where c.since > w.since
  )
  update handoff.standings as w
  set since = l.since
  from late as l
  where w.enrollment_id = l.enrollment_id
$$;

comment on function handoff_private.correct_since(timestamptz) is
  'Moves on since when the days of those count who would be late now, where they count from later.';
