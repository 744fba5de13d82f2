create or replace function handoff_private.assigned_target(p_step_id uuid)
returns table (
  enrollment_id uuid,
  enrollment_status text,
  enrolled_at timestamptz,
  step_id uuid,
  step_status text,
  is_ambiguous boolean
)
language sql
stable
as $$
  select e.id, e.status, e.enrolled_at, s.id, s.status, false
  from handoff.enrollment_steps as s
  join handoff.enrollments as e on e.id = s.enrollment_id
  where s.id = p_step_id
$$;

comment on function handoff_private.assigned_target(uuid) is 'A step that needs no choosing, as choose_target gives one.';
