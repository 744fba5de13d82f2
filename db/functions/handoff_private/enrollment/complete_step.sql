-- Lock order: steps, certificate.
-- The caller holds: enrollments.
-- The enrollment is active. The UPDATE reads the step's status itself, under that lock. Clocks can step back:
-- greatest() keeps our own times in order.
create or replace function handoff_private.complete_step(
  p_step_id uuid,
  p_enrollment_id uuid,
  p_external_enrollment_id text,
  p_partner_completed_at timestamptz default null,
  p_receipt uuid default null
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
    completed_by = p_receipt,
    external_enrollment_id = coalesce(p_external_enrollment_id, s.external_enrollment_id)
  where s.id = p_step_id and s.status in ('pending', 'in_progress', 'failed');
  return handoff_private.move_on(p_enrollment_id);
end;
$$;

comment on function handoff_private.complete_step(uuid, uuid, text, timestamptz, uuid) is
  'Completes an open step and advances. A step completed early leaves the current one current. Returns the step in '
  'progress. p_receipt: the event to which it is credited.';
