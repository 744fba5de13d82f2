-- Lock order: profile, enrollments of the student by id. What is decided under them holds until the transaction ends.
-- Changes nothing: act_on_event does what this says.
create or replace function handoff_private.decide_event(p_event handoff.partner_events, p_step_id uuid default null)
returns handoff.partner_events
language plpgsql
volatile
as $$
declare
  v_event       handoff.partner_events := p_event;
  v_enrollments handoff.enrollments[];
  v_credited    uuid;
  v_target      handoff_private.target;
  v_outcome     text;
begin
  if v_event.status <> 'received' then
    return v_event;
  end if;
  v_enrollments := handoff_private.lock_enrollments_of(v_event.student_id);
  if p_step_id is null and cardinality(v_enrollments) = 1 then
    v_target := handoff_private.sole_target(v_event, v_enrollments[1]);
  end if;
  if v_target.enrollment_id is null and p_step_id is null then
    v_credited := handoff_private.credited_step(v_event);
    v_target := case
      when v_credited is null then handoff_private.choose_target(v_event) else handoff_private.assigned_target(v_credited)
    end;
  elsif p_step_id is not null then
    v_target := handoff_private.assigned_target(p_step_id);
  end if;
  if v_target.enrollment_id is null then
    return handoff_private.decide_without_step(v_event);
  end if;
  v_outcome := case
    when p_step_id is null and v_event.partner_enrollment_ref is not null
      and handoff_private.names_step_of_another(v_event) then 'parked:ambiguous'
    when v_credited is not null then 'ignored:already_completed'
    when v_target.is_ambiguous then 'parked:ambiguous'
    when v_target.step_status in ('completed', 'skipped')
      then handoff_private.outcome_on_done_step(v_event, v_target.step_status)
    when v_target.enrollment_status <> 'active' then handoff_private.outcome_while_waiting(v_target.enrollment_status)
    when p_step_id is null
      and handoff_private.is_out_of_time(v_event.partner_completed_at, v_event.received_at, v_target.enrolled_at)
      then 'parked:time_review'
    else handoff_private.outcome_on_open_step(v_event, v_target.step_id, v_target.step_status)
  end;
  v_event.status := split_part(v_outcome, ':', 1);
  v_event.reason := split_part(v_outcome, ':', 2);
  if v_event.reason <> 'ambiguous' then
    v_event.enrollment_id := v_target.enrollment_id;
    v_event.step_id := v_target.step_id;
  end if;
  return v_event;
end;
$$;

comment on function handoff_private.decide_event(handoff.partner_events, uuid) is
  'The event with its outcome and the step that it means. p_step_id: the step that an admin names; time and identity are then settled.';
