-- Lock order: steps, certificate.
-- The caller holds: profile, enrollments, event.
-- The event was accepted.
create or replace function handoff_private.carry_out(p_event handoff.partner_events)
returns uuid
language plpgsql
volatile
as $$
declare
  v_ref     text := case
    when lower(p_event.partner_enrollment_ref) <> p_event.step_id::text then p_event.partner_enrollment_ref
  end;
  v_is_new  boolean;
  v_current uuid;
begin
  if p_event.reason in ('completed', 'completed_early') then
    if p_event.reason = 'completed_early' then
      v_current := handoff_private.step_in_progress(p_event.enrollment_id);
    end if;
    return nullif(
      handoff_private.complete_step(
        p_event.step_id, p_event.enrollment_id, v_ref, p_event.partner_completed_at, p_event.receipt
      ),
      v_current
    );
  end if;
  v_is_new := case p_event.reason
    when 'attempt_failed' then handoff_private.is_new_attempt(p_event)
    when 'progress' then handoff_private.is_new_part(p_event)
  end;
  if p_event.reason = 'attempt_failed' and v_is_new then
    perform handoff_private.record_act(
      p_enrollment_id => p_event.enrollment_id, p_event_receipt => p_event.receipt, p_act => 'attempt_failed'
    );
  end if;
  update handoff.enrollment_steps as s
  set
    external_enrollment_id = coalesce(s.external_enrollment_id, v_ref),
    failed_attempts = s.failed_attempts + coalesce(p_event.reason = 'attempt_failed' and v_is_new, false)::integer,
    progress_count = s.progress_count + coalesce(p_event.reason = 'progress' and v_is_new, false)::integer
  from handoff.enrollments as e
  where s.id = p_event.step_id and e.id = s.enrollment_id and e.status <> 'withdrawn'
    and (v_is_new or (s.external_enrollment_id is null and v_ref is not null));
  return null;
end;
$$;

comment on function handoff_private.carry_out(handoff.partner_events) is
  'Does what was decided: completes the step, or notes progress, a failed attempt or the partner''s reference. '
  'Returns the step it started.';
