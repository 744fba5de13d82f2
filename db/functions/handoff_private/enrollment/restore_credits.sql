-- Lock order: event.
-- The caller holds: profile, enrollments.
-- Meanwhile it may have been decided anew, and parked.
create or replace function handoff_private.restore_credits(p_enrollment_id uuid)
returns void
language plpgsql
volatile
as $$
begin
  with mine as (
    select e.receipt, s.id as step_id
    from handoff.enrollment_steps as s
    join handoff.partner_events as e on e.receipt = s.completed_by
    where s.enrollment_id = p_enrollment_id and s.status = 'completed'
      and (e.status <> 'accepted' or e.reason not in ('completed', 'completed_early'))
    order by e.position
    for no key update of e
  )
  update handoff.partner_events as e
  set
    status = 'accepted', reason = 'completed', error_code = null, due_at = null, set_aside_at = null,
    enrollment_id = p_enrollment_id, step_id = m.step_id
  from mine as m
  where e.receipt = m.receipt;
end;
$$;

comment on function handoff_private.restore_credits(uuid) is
  'Says of each event to which a step of the enrollment is credited that it completed the step.';
