-- Caller holds the lock of an active enrollment. Locks: step, then (on completion) enrollment row and certificate.
-- A failed step blocks. Two in progress can't be: the caller's lock orders us, and a unique index stands behind it.
create or replace function handoff_private.advance(p_enrollment_id uuid)
returns uuid
language plpgsql
volatile
as $$
declare
  v_step    record;
  v_next_id uuid;
begin
  for v_step in
    select s.id, s.status
    from handoff.enrollment_steps as s
    where s.enrollment_id = p_enrollment_id and s.status in ('pending', 'in_progress', 'failed')
    order by s.sequence_order
  loop
    if v_step.status <> 'pending' then
      return handoff_private.step_in_progress(p_enrollment_id);
    end if;
    v_next_id := coalesce(v_next_id, v_step.id);
  end loop;
  if v_next_id is null then
    perform handoff_private.complete_enrollment(p_enrollment_id);
  else
    update handoff.enrollment_steps as s
    set status = 'in_progress', started_at = handoff.clock()
    where s.id = v_next_id and s.status = 'pending';
  end if;
  return v_next_id;
end;
$$;

comment on function handoff_private.advance(uuid) is
  'Starts the first pending step when none is in progress or failed; with none left, completes the enrollment. Returns the step in progress.';
