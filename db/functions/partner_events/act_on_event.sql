-- Caller holds the event and the student's enrollments. Locks: steps in order, certificate.
create or replace function handoff_private.act_on_event(p_event handoff.partner_events)
returns uuid
language plpgsql
volatile
set search_path = pg_catalog, pg_temp
as $$
declare
  v_ref     text := nullif(p_event.partner_enrollment_ref, p_event.step_id::text);
  v_step    handoff.enrollment_steps;
  v_current uuid;
begin
  if p_event.status <> 'accepted' or p_event.step_id is null then
    return null;
  end if;
  perform set_config('handoff.cause', 'partner_event', true);
  perform set_config('handoff.event', p_event.receipt::text, true);
  if p_event.reason in ('completed', 'completed_early') then
    select s.* into strict v_step from handoff.enrollment_steps as s where s.id = p_event.step_id;
    v_current := case when p_event.reason = 'completed_early' then handoff_private.step_in_progress(v_step.enrollment_id) end;
    return nullif(handoff_private.complete_step(v_step, v_ref, p_event.partner_completed_at), v_current);
  end if;
  update handoff.enrollment_steps as s
  set
    external_enrollment_id = coalesce(s.external_enrollment_id, v_ref),
    failed_attempts = s.failed_attempts + (p_event.reason = 'attempt_failed')::integer,
    progress_count = s.progress_count + (p_event.reason = 'progress')::integer
  where s.id = p_event.step_id
    and (p_event.reason in ('attempt_failed', 'progress') or (s.external_enrollment_id is null and v_ref is not null));
  return null;
end;
$$;

comment on function handoff_private.act_on_event(handoff.partner_events) is
  'Does what was decided: completes the step, or notes progress, a failed attempt or the partner''s reference. Returns the step it started.';
