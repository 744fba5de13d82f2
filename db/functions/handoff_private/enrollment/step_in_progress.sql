create or replace function handoff_private.step_in_progress(p_enrollment_id uuid)
returns uuid
language sql
stable
as $$
  select s.id from handoff.enrollment_steps as s where s.enrollment_id = p_enrollment_id and s.status = 'in_progress'
$$;

comment on function handoff_private.step_in_progress(uuid) is 'The step in progress, or null.';
