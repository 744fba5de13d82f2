create or replace function handoff_private.assigned_target(
  p_step_id uuid,
  out enrollment_id uuid,
  out enrollment_status text,
  out enrolled_at timestamptz,
  out step_id uuid,
  out step_status text,
  out is_ambiguous boolean
)
language plpgsql
stable
as $$
begin
  select e.id, e.status, e.enrolled_at, s.id, s.status, false
  into strict enrollment_id, enrollment_status, enrolled_at, step_id, step_status, is_ambiguous
  from handoff.enrollment_steps as s
  join handoff.enrollments as e on e.id = s.enrollment_id
  where s.id = p_step_id;
end;
$$;

comment on function handoff_private.assigned_target(uuid) is 'A step that needs no choosing, as choose_target gives one.';
