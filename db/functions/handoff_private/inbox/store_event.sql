-- Lock order: event.
-- Of equal keys the later waits here for the earlier. The first outcome stays.
create or replace function handoff_private.store_event(p_event handoff.partner_events)
returns boolean
language plpgsql
volatile
as $$
begin
  if p_event.position is null then
    insert into handoff.partner_events (
      receipt, partner_slug, event_key, repetition, channel, context, body, body_sha256, received_at, last_seen_at, status,
      reason, first_outcome, error_code, event_type, meaning, external_student_id, item_ref, partner_enrollment_ref,
      partner_completed_at, partner_completed_day_only, passed, result, student_id, enrollment_id, step_id, refused_field,
      left_out
    )
    values (
      p_event.receipt, p_event.partner_slug, p_event.event_key, p_event.repetition, p_event.channel, p_event.context,
      p_event.body, sha256(p_event.body), p_event.received_at, p_event.received_at, p_event.status,
      p_event.reason, p_event.status || ':' || p_event.reason, p_event.error_code, p_event.event_type,
      p_event.meaning, p_event.external_student_id, p_event.item_ref, p_event.partner_enrollment_ref,
      p_event.partner_completed_at, coalesce(p_event.partner_completed_day_only, false), p_event.passed, p_event.result,
      p_event.student_id, p_event.enrollment_id, p_event.step_id, p_event.refused_field, p_event.left_out
    )
    on conflict (partner_slug, event_key, repetition) do nothing;
    return found;
  end if;
  update handoff.partner_events as e
  set
    (
      status, reason, error_code, event_type, meaning, external_student_id, item_ref, partner_enrollment_ref,
      partner_completed_at, partner_completed_day_only, passed, result, student_id, enrollment_id, step_id, refused_field,
      left_out
    ) = (
      p_event.status, p_event.reason, p_event.error_code, p_event.event_type, p_event.meaning, p_event.external_student_id,
      p_event.item_ref, p_event.partner_enrollment_ref, p_event.partner_completed_at,
      coalesce(p_event.partner_completed_day_only, false), p_event.passed, p_event.result, p_event.student_id,
      p_event.enrollment_id, p_event.step_id, p_event.refused_field, p_event.left_out
    ),
    set_aside_at = null
  where e.receipt = p_event.receipt;
  return true;
end;
$$;

comment on function handoff_private.store_event(handoff.partner_events) is
  'Writes the event with what was read and decided: a new row, or over the one it has. False: it is new and its key '
  'is taken.';
