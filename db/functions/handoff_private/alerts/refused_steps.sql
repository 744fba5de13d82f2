create or replace function handoff_private.refused_steps()
returns table (enrollment_id uuid, step_id uuid, partner_slug text, refused_at timestamptz)
language sql
stable
as $$
  select w.enrollment_id, w.step_id, w.partner_slug, a.refused_at
  from handoff.partner_answers as a
  join handoff.enrollment_steps as s on s.id = a.step_id and s.status = 'in_progress' and a.refused_at >= s.started_at
  join handoff.standings as w on w.enrollment_id = s.enrollment_id and w.step_id = s.id and w.state = 'in_progress'
  where a.refused_at is not null
$$;

comment on function handoff_private.refused_steps() is
  'Steps in progress of active enrollments whose partner has not taken the student, and says so or could not be told.';
