-- Caller holds the lock of an active enrollment. Locks: step, then (on completion) enrollment row and certificate.
-- A failed step blocks. Two in progress can't be: the caller's lock orders us, and a unique index stands behind it.
create or replace function handoff_private.advance(p_enrollment_id uuid)
returns uuid
language plpgsql
volatile
as $$
declare
  v_step record;
begin
  select s.id, s.status, s.sequence_order
  into v_step
  from handoff.enrollment_steps as s
  where s.enrollment_id = p_enrollment_id and s.status in ('in_progress', 'failed', 'pending')
  order by s.status = 'pending', s.status = 'failed', s.sequence_order
  limit 1;
  if not found then
    perform handoff_private.complete_enrollment(p_enrollment_id);
    return null;
  elsif v_step.status = 'failed' then
    return null;
  elsif v_step.status = 'pending' then
    perform set_config('handoff.cause', 'advanced', true);
    update handoff.enrollment_steps as s
    set status = 'in_progress', started_at = handoff.clock()
    where s.id = v_step.id;
  end if;
  return v_step.id;
end;
$$;

comment on function handoff_private.advance(uuid) is
  'Starts the first pending step when none is in progress or failed; with none left, completes the enrollment. Returns the step in progress.';
