-- Lock order: account, profile, enrollments, event, steps, certificate.
-- An event that parks as awaiting_approval holds the same rows: it parked before this call and is found here, or it
-- decides after it.
create or replace function handoff.approve_enrollment(p_enrollment_id uuid, p_reason text)
returns text
language plpgsql
volatile
security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_enrollment handoff.enrollments;
begin
  perform handoff_private.require_admin();
  perform handoff_private.begin_act('approved', handoff_private.require_reason(p_reason));
  perform handoff_private.lock_enrollments_of(
    (select e.student_id from handoff.enrollments as e where e.id = p_enrollment_id)
  );
  v_enrollment := handoff_private.lock_enrollment(p_enrollment_id);
  if v_enrollment.status = 'active' then
    return v_enrollment.status;
  elsif v_enrollment.status <> 'pending' then
    perform handoff_private.refuse_state(
      'enrollment', p_enrollment_id, v_enrollment.status, 'Only an enrollment that awaits approval is approved.'
    );
  end if;
  update handoff.enrollments as e
  set status = 'active', activated_at = greatest(handoff.clock(), e.enrolled_at)
  where e.id = p_enrollment_id
  returning * into v_enrollment;
  perform handoff_private.copy_sequence(v_enrollment);
  perform handoff_private.apply_events_of_enrollment(p_enrollment_id, 'awaiting_approval');
  return handoff_private.enrollment_status(p_enrollment_id);
end;
$$;

comment on function handoff.approve_enrollment(uuid, text) is
  'Activates a pending enrollment, makes its steps and applies what waited for it. Returns the new status. TH403, '
  'TH404, TH409, TH422.';
