-- Lock order: enrollments, steps, certificate.
-- The status under the lock decides, so a repeated or concurrent call finds the step completed and changes nothing. A
-- pass after a failure completes the step.
create or replace function handoff.mark_step_complete(p_step_id uuid, p_external_enrollment_id text default null)
returns uuid
language plpgsql
volatile
security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_step       handoff.enrollment_steps := handoff_private.lock_step(p_step_id);
  v_enrollment handoff.enrollments := handoff_private.lock_enrollment(v_step.enrollment_id);
begin
  perform handoff_private.begin_act('marked');
  if length(p_external_enrollment_id) not between 1 and 255 then
    raise exception using
      errcode = 'TH400',
      message = 'malformed enrollment id',
      detail = '{"argument": "p_external_enrollment_id"}',
      hint = 'Give the partner''s id of the enrollment, 1 to 255 characters, or null.';
  elsif v_enrollment.status in ('on_hold', 'pending') then
    perform handoff_private.refuse_state(
      'enrollment', v_enrollment.id, v_enrollment.status, 'Resume or approve the enrollment first.'
    );
  elsif v_step.status = 'skipped' and v_enrollment.status <> 'withdrawn' then
    update handoff.enrollment_steps as s
    set external_enrollment_id = coalesce(s.external_enrollment_id, p_external_enrollment_id)
    where s.id = p_step_id;
  elsif v_step.status <> 'completed' and v_enrollment.status = 'active' then
    return handoff_private.complete_step(v_step.id, v_enrollment.id, p_external_enrollment_id);
  end if;
  return handoff_private.step_in_progress(v_enrollment.id);
end;
$$;

comment on function handoff.mark_step_complete(uuid, text) is
  'Completes the step and advances; harmless on a completed one. Returns the step in progress. TH400 malformed, TH404'
  ' unknown, TH409 on hold or awaiting approval.';
