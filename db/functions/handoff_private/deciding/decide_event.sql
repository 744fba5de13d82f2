-- Lock order: profile, enrollments of the student by id. What is decided under them holds until the transaction ends.
-- Changes nothing: act_on_event does what this says.
create or replace function handoff_private.decide_event(p_event handoff.partner_events, p_step_id uuid default null)
returns handoff.partner_events
language plpgsql
volatile
as $$
declare
  v_event    handoff.partner_events := p_event;
  v_credited uuid;
  v_target   record;
  v_outcome  text;
begin
  if p_event.status <> 'received' then
    return p_event;
  elsif not handoff_private.lock_enrollments_of(p_event.student_id) then
    return handoff_private.decide_without_step(p_event);
  end if;
  if p_step_id is null and p_event.meaning = 'completion' and p_event.partner_completed_at is not null then
    select c.step_id into v_credited from handoff_private.credited_step(p_event) as c;
  end if;
  if v_credited is null and p_step_id is null then
    v_target := handoff_private.choose_target(p_event);
  else
    select t.* into v_target from handoff_private.assigned_target(coalesce(p_step_id, v_credited)) as t;
  end if;
  if v_target is null then
    return handoff_private.decide_without_step(p_event);
  end if;
  v_outcome := case
    when p_step_id is null and p_event.partner_enrollment_ref is not null
      and handoff_private.names_step_of_another(p_event) then 'parked:ambiguous'
    when v_credited is not null then 'ignored:already_completed'
    when v_target.is_ambiguous then 'parked:ambiguous'
    when v_target.step_status in ('completed', 'skipped')
      then handoff_private.outcome_on_done_step(p_event, v_target.step_status)
    when v_target.enrollment_status = 'pending' then 'parked:awaiting_approval'
    when v_target.enrollment_status in ('on_hold', 'withdrawn') then 'parked:' || v_target.enrollment_status
    when p_step_id is null and handoff_private.is_out_of_time(p_event.partner_completed_at, p_event.received_at, v_target.enrolled_at)
      then 'parked:time_review'
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
