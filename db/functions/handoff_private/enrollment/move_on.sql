-- Lock order: steps, certificate.
-- The caller holds: enrollments.
-- The enrollment is active. A failed step blocks. Two steps can't be in progress: the caller's lock orders the calls,
-- and a unique index stands behind it.
create or replace function handoff_private.move_on(p_enrollment_id uuid)
returns uuid
language plpgsql
volatile
as $$
declare
  v_step_id uuid;
begin
  update handoff.enrollment_steps as s
  set status = 'in_progress', started_at = handoff.clock()
  where s.status = 'pending' and s.id = (
    select o.id
    from handoff.enrollment_steps as o
    where o.enrollment_id = p_enrollment_id and o.status in ('in_progress', 'failed', 'pending')
    order by o.status = 'pending', o.sequence_order
    limit 1
  )
  returning s.id into v_step_id;
  if found then
    return v_step_id;
  end if;
  if not exists (
    select
    from handoff.enrollment_steps as s
    where s.enrollment_id = p_enrollment_id and s.status in ('pending', 'in_progress', 'failed')
  ) then
    perform handoff_private.complete_enrollment(p_enrollment_id);
  end if;
  return handoff_private.step_in_progress(p_enrollment_id);
end;
$$;

comment on function handoff_private.move_on(uuid) is
  'Starts the first pending step when none is in progress or failed; with none left, completes the enrollment. '
  'Returns the step in progress.';
