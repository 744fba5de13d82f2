-- Caller holds the lock of the active enrollment. Locks: step, then those of move_on. The status is read by the UPDATE
-- itself, under that lock. Clocks can step back: our own times are kept in order by greatest().
create or replace function handoff_private.complete_step(
  p_step_id uuid, p_enrollment_id uuid, p_external_enrollment_id text, p_partner_completed_at timestamptz default null
)
returns uuid
language plpgsql
volatile
as $$
begin
  update handoff.enrollment_steps as s
  set
    status = 'completed',
    completed_at = greatest(handoff.clock(), s.started_at),
    partner_completed_at = p_partner_completed_at,
    external_enrollment_id = coalesce(p_external_enrollment_id, s.external_enrollment_id)
  where s.id = p_step_id and s.status in ('pending', 'in_progress', 'failed');
  return handoff_private.move_on(p_enrollment_id);
end;
$$;

comment on function handoff_private.complete_step(uuid, uuid, text, timestamptz) is
  'Completes an open step and advances. A step completed early leaves the current one current. Returns the step in progress.';
