-- The caller holds: profile, enrollments.
-- What is decided here holds until the transaction ends. Whoever enters an event by hand and names the step has settled
-- time and identity, as an admin who assigns it.
create or replace function handoff_private.decide_event(p_event handoff.partner_events, p_step_id uuid default null)
returns handoff.partner_events
language plpgsql
volatile
as $$
declare
  v_event    handoff.partner_events := p_event;
  v_settled  uuid := p_step_id;
  v_credited uuid;
  v_target   handoff_private.target;
  v_outcome  handoff_private.outcome;
begin
  if p_step_id is null and p_event.partner_enrollment_ref is not null then
    v_settled := handoff_private.settled_step(p_event);
  end if;
  if v_settled is null and p_event.meaning = 'completion' and p_event.partner_completed_at is not null then
    select c.step_id into v_credited from handoff_private.credited_step(p_event) as c;
  end if;
  if v_settled is null and v_credited is null then
    v_target := handoff_private.choose_target(p_event);
  else
    select e.id, e.status, e.enrolled_at, s.id, s.status, false
    into v_target
    from handoff.enrollment_steps as s
    join handoff.enrollments as e on e.id = s.enrollment_id
    where s.id = coalesce(v_settled, v_credited);
  end if;
  if v_target.enrollment_id is null then
    return handoff_private.decide_without_step(p_event);
  end if;
  v_outcome := case
    when v_settled is null and p_event.partner_enrollment_ref is not null
      and handoff_private.names_step_of_another(p_event) then '(parked,ambiguous)'
    when v_credited is not null then '(ignored,already_completed)'
    when v_target.is_ambiguous then '(parked,ambiguous)'
    when v_target.enrollment_status = 'withdrawn'
      and (select handoff_private.lost_its_credit(s) from handoff.enrollment_steps as s where s.id = v_target.step_id)
      then '(parked,withdrawn)'
    when v_target.step_status in ('completed', 'skipped')
      then handoff_private.outcome_on_done_step(p_event, v_target.step_status)
    when v_target.enrollment_status = 'pending' then '(parked,awaiting_approval)'
    when v_target.enrollment_status = 'on_hold' then '(parked,on_hold)'
    when v_target.enrollment_status = 'withdrawn' then '(parked,withdrawn)'
    when v_settled is null and (
      handoff_private.is_possible_repeat(p_event, v_target.enrollment_id)
      or p_event.context ? 'shared_with' and handoff_private.is_known_elsewhere(p_event)
    ) then '(parked,possible_repeat)'
    when v_settled is null
      and handoff_private.is_out_of_time(
        p_event.partner_completed_at, p_event.received_at, v_target.enrolled_at, handoff_private.day_alone_of(p_event)
      )
      then '(parked,time_review)'
    else handoff_private.outcome_on_open_step(p_event, v_target.step_id, v_target.step_status)
  end;
  v_event.status := v_outcome.status;
  v_event.reason := v_outcome.reason;
  if v_event.reason not in ('ambiguous', 'possible_repeat') then
    v_event.enrollment_id := v_target.enrollment_id;
    v_event.step_id := v_target.step_id;
  end if;
  return v_event;
end;
$$;

comment on function handoff_private.decide_event(handoff.partner_events, uuid) is
  'An event that was received, with its outcome and the step that it means. p_step_id: the step that an admin names; '
  'time and identity are then settled.';
