-- Caller holds the locks of the student's enrollments and of the event. Reads only; act_on_event does what it says.
create or replace function handoff_private.decide_event(p_event handoff.partner_events, p_step_id uuid default null)
returns handoff.partner_events
language plpgsql
volatile
as $$
declare
  v_event    handoff.partner_events := p_event;
  v_assigned constant boolean := p_step_id is not null;
  v_credited uuid;
  v_target   record;
  v_outcome  text;
begin
  if v_assigned then
    v_target := handoff_private.assigned_target(p_step_id);
  else
    v_target := handoff_private.choose_target(p_event);
  end if;
  if v_target.enrollment_id is null then
    return handoff_private.decide_without_step(p_event);
  elsif not v_assigned and p_event.meaning = 'completion' and p_event.partner_completed_at is not null then
    v_credited := handoff_private.credited_step(p_event);
    if v_credited is not null then
      v_target := handoff_private.assigned_target(v_credited);
    end if;
  end if;
  v_outcome := case
    when not v_assigned and p_event.partner_enrollment_ref is not null
      and handoff_private.names_step_of_another(p_event) then 'parked:ambiguous'
    when v_credited is not null then 'ignored:already_completed'
    when v_target.is_ambiguous then 'parked:ambiguous'
    when v_target.step_status in ('completed', 'skipped')
      then handoff_private.outcome_on_done_step(p_event, v_target.step_status)
    when v_target.enrollment_status = 'pending' then 'parked:awaiting_approval'
    when v_target.enrollment_status in ('on_hold', 'withdrawn') then 'parked:' || v_target.enrollment_status
    when not v_assigned and handoff_private.is_out_of_time(p_event, v_target.enrolled_at) then 'parked:time_review'
    else handoff_private.outcome_on_open_step(p_event, v_target.step_id, v_target.step_status)
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
