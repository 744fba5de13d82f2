-- Caller holds the locks of the student's enrollments and of the event. Reads only; act_on_event does what it says.
create or replace function handoff_private.decide_event(p_event handoff.partner_events, p_step_id uuid default null)
returns handoff.partner_events
language plpgsql
volatile
set search_path = pg_catalog, pg_temp
as $$
declare
  v_event   handoff.partner_events := p_event;
  v_meaning text;
  v_target  record;
  v_outcome text;
begin
  select t.meaning
  into strict v_meaning
  from handoff.partner_event_types as t
  where t.partner_slug = p_event.partner_slug and t.event_type = p_event.event_type;
  if p_step_id is not null then
    select e.id as enrollment_id, e.status as enrollment_status, e.enrolled_at, s.id as step_id, s.status as step_status,
      1 as candidates, false as all_done
    into strict v_target
    from handoff.enrollment_steps as s
    join handoff.enrollments as e on e.id = s.enrollment_id
    where s.id = p_step_id;
  else
    select c.* into v_target from handoff_private.choose_target(p_event, v_meaning) as c;
  end if;
  if v_target.enrollment_id is null then
    return handoff_private.decide_without_step(p_event);
  end if;
  v_outcome := case
    when p_step_id is null and handoff_private.names_step_of_another(p_event) then 'parked:ambiguous'
    when p_step_id is null and v_meaning = 'completion' and handoff_private.is_credited(p_event)
      then 'ignored:already_completed'
    when v_target.candidates > 1 and not v_target.all_done then 'parked:ambiguous'
    when v_target.step_status in ('completed', 'skipped')
      then handoff_private.outcome_on_done_step(p_event, v_meaning, v_target.step_status)
    when v_target.enrollment_status = 'pending' then 'parked:awaiting_approval'
    when v_target.enrollment_status in ('on_hold', 'withdrawn') then 'parked:' || v_target.enrollment_status
    when p_step_id is null and handoff_private.is_out_of_time(p_event, v_target.enrolled_at) then 'parked:time_review'
    else handoff_private.outcome_on_open_step(p_event, v_meaning, v_target.step_id, v_target.step_status)
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
