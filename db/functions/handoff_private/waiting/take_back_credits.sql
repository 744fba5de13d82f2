-- Lock order: steps, certificate.
-- The caller holds: profile, enrollments, event.
-- As by reopen_step: what was current behind an opened step waits. A withdrawn enrollment keeps its steps as they are.
create or replace function handoff_private.take_back_credits(p_enrollment handoff.enrollments, p_step_ids uuid[])
returns void
language plpgsql
volatile
as $$
begin
  if p_enrollment.status = 'withdrawn' or not handoff_private.undo_completion(p_enrollment) then
    update handoff.enrollment_steps as s
    set completed_by = null
    where s.id = any (p_step_ids);
    return;
  end if;
  update handoff.enrollment_steps as s
  set status = 'pending', started_at = null
  where s.enrollment_id = p_enrollment.id and s.status in ('in_progress', 'failed') and exists (
    select
    from handoff.enrollment_steps as o
    where o.enrollment_id = s.enrollment_id and o.sequence_order < s.sequence_order
      and o.id = any (p_step_ids)
  );
  update handoff.enrollment_steps as s
  set status = 'pending', started_at = null, completed_at = null, partner_completed_at = null, completed_by = null
  where s.id = any (p_step_ids);
  perform handoff_private.move_on(p_enrollment.id);
end;
$$;

comment on function handoff_private.take_back_credits(handoff.enrollments, uuid[]) is
  'Opens these completed steps of an enrollment again, where it can be, and takes their credit.';
