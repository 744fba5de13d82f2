-- Lock order: certificate.
-- The caller holds: enrollments.
-- The enrollment is active and has no open step.
create or replace function handoff_private.complete_enrollment(p_enrollment_id uuid)
returns void
language plpgsql
volatile
as $$
begin
  -- An enrollment is not certified when all its steps were skipped, or when it has none.
  if not exists (
    select from handoff.enrollment_steps as s where s.enrollment_id = p_enrollment_id and s.status = 'completed'
  ) then
    return;
  end if;
  update handoff.enrollments as e
  set status = 'completed', completed_at = greatest(handoff.clock(), e.activated_at)
  where e.id = p_enrollment_id;
  perform handoff_private.issue_certificate(p_enrollment_id);
end;
$$;

comment on function handoff_private.complete_enrollment(uuid) is
  'Completes the enrollment and issues its certificate, when at least one step was completed.';
