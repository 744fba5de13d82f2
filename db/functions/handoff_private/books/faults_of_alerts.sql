create or replace function handoff_private.faults_of_alerts()
returns table (invariant text, enrollment_id uuid, detail text)
language sql
stable
as $$
  with told as (
    select e.id
    from handoff.enrollments as e
    cross join handoff.trail_readers as r
    where r.name = 'watch'
      and not exists (select from handoff.step_transitions as t where t.enrollment_id = e.id and t.id > r.position)
  )
  select 'what is watched is how the enrollments stand', t.id,
    concat(coalesce(w.state, 'nothing'), ' is noted, it stands ', coalesce(s.state, 'as nothing to watch'))
  from told as t
  left join lateral handoff_private.standing_of(t.id) as s on true
  left join handoff.standings as w on w.enrollment_id = t.id
  where (s.program_slug, s.state, s.step_id, s.partner_slug) is distinct from (w.program_slug, w.state, w.step_id, w.partner_slug)
  union all
  select 'an alert of a student says that something is watched', a.enrollment_id, a.kind || ' of ' || a.subject
  from handoff.alerts as a
  where a.closed_at is null and a.kind = 'stuck_student' and a.last_seen_at > (
    select r.moved_at from handoff.trail_readers as r where r.name = 'watch'
  ) and not exists (
    select from handoff.standings as w where w.step_id = a.step_id and w.enrollment_id = a.enrollment_id
  )
$$;

comment on function handoff_private.faults_of_alerts() is
  'Enrollments that are not watched as they stand, as far as the trail was followed, and alerts of what is not '
  'watched.';
