-- Lock order: enrollments, steps.
-- A step never changes its enrollment, so that id may be read before the lock. The status may not.
create or replace function handoff_private.lock_step(p_step_id uuid)
returns handoff.enrollment_steps
language plpgsql
volatile
as $$
declare
  v_step handoff.enrollment_steps;
begin
  select s.* into v_step from handoff.enrollment_steps as s where s.id = p_step_id;
  if not found then
    raise exception using
      errcode = 'TH404',
      message = 'unknown step',
      detail = jsonb_build_object('step_id', p_step_id)::text,
      hint = 'Give the id of a step.';
  end if;
  perform handoff_private.lock_enrollment(v_step.enrollment_id);
  select s.* into v_step from handoff.enrollment_steps as s where s.id = p_step_id for no key update;
  return v_step;
end;
$$;

comment on function handoff_private.lock_step(uuid) is
  'The step, locked after its enrollment. TH404 when there is none.';
