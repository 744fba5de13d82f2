-- Lock order: profile, event.
-- Of equal keys the later waits here for the earlier. The first outcome stays.
create or replace function handoff_private.store_event(p_event handoff.partner_events)
returns boolean
language plpgsql
volatile
as $$
declare
  v_event handoff.partner_events := p_event;
begin
  -- Of whom a rejected event is, nobody has asked; of any other the profile is held.
  if p_event.position is null and p_event.status = 'rejected' then
    perform handoff_private.lock_named(null, p_event.partner_slug, p_event.body);
  end if;
  if exists (select from handoff.profiles as p where p.erased_at is not null) then
    v_event := handoff_private.without_erased(p_event);
  end if;
  if p_event.position is null then
    insert into handoff.partner_events (
      receipt, partner_slug, event_key, repetition, channel, context, body, body_sha256, received_at, last_seen_at, status,
      reason, first_outcome, error_code, event_type, meaning, external_student_id, item_ref, partner_enrollment_ref,
      partner_completed_at, partner_completed_day_only, passed, result, student_id, enrollment_id, step_id, refused_field,
      left_out
    )
    values (
      v_event.receipt, v_event.partner_slug, v_event.event_key, v_event.repetition, v_event.channel, v_event.context,
      v_event.body, coalesce(v_event.body_sha256, sha256(v_event.body)), v_event.received_at, v_event.received_at,
      v_event.status, v_event.reason, v_event.status || ':' || v_event.reason, v_event.error_code, v_event.event_type,
      v_event.meaning, v_event.external_student_id, v_event.item_ref, v_event.partner_enrollment_ref,
      v_event.partner_completed_at, coalesce(v_event.partner_completed_day_only, false), v_event.passed, v_event.result,
      v_event.student_id, v_event.enrollment_id, v_event.step_id, v_event.refused_field, v_event.left_out
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
      v_event.status, v_event.reason, v_event.error_code, v_event.event_type, v_event.meaning, v_event.external_student_id,
      v_event.item_ref, v_event.partner_enrollment_ref, v_event.partner_completed_at,
      coalesce(v_event.partner_completed_day_only, false), v_event.passed, v_event.result, v_event.student_id,
      v_event.enrollment_id, v_event.step_id, v_event.refused_field, v_event.left_out
    ),
    set_aside_at = null
  where e.receipt = p_event.receipt;
  return true;
end;
$$;

comment on function handoff_private.store_event(handoff.partner_events) is
  'Writes the event with what was read and decided: a new row, or over the one it has. False: it is new and its key '
  'is taken.';
