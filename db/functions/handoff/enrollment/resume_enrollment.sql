-- Lock order: account, profile, enrollments, event, steps, certificate, message.
-- approve_enrollment says why no event can be missed.
create or replace function handoff.resume_enrollment(p_enrollment_id uuid, p_reason text)
returns text
language plpgsql
volatile
security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_enrollment handoff.enrollments;
  v_reason     text := 'on_hold';
begin
  perform handoff_private.require_admin();
  perform handoff_private.begin_act('resumed', handoff_private.require_reason(p_reason));
  perform handoff_private.lock_enrollments_of(
    (select e.student_id from handoff.enrollments as e where e.id = p_enrollment_id)
  );
  v_enrollment := handoff_private.lock_enrollment(p_enrollment_id);
  if v_enrollment.status = 'active' then
    return v_enrollment.status;
  elsif v_enrollment.status = 'withdrawn' then
    v_reason := 'withdrawn';
    v_enrollment.status := handoff_private.take_back_withdrawal(v_enrollment);
  elsif v_enrollment.status = 'on_hold' then
    v_enrollment.status := 'active';
    update handoff.enrollments as e set status = 'active' where e.id = p_enrollment_id;
  else
    perform handoff_private.refuse_state(
      'enrollment', p_enrollment_id, v_enrollment.status, 'Only an enrollment that is on hold or withdrawn is resumed.'
    );
  end if;
  if v_enrollment.status = 'active' then
    perform handoff_private.move_on(p_enrollment_id);
  end if;
  perform handoff_private.apply_events_of_enrollment(p_enrollment_id, v_reason);
  return handoff_private.enrollment_status(p_enrollment_id);
end;
$$;

comment on function handoff.resume_enrollment(uuid, text) is
  'Resumes an enrollment that is on hold, or takes back a withdrawal, and applies what waited for it. Returns the new '
  'status. TH400, TH403, TH404, TH409.';
