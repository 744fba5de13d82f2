-- Lock order: event, steps, certificate, message.
-- The caller holds: profile, enrollments.
-- To the status it had, which the trail knows. What was taken back from it meanwhile does not come back.
create or replace function handoff_private.take_back_withdrawal(p_enrollment handoff.enrollments)
returns text
language plpgsql
volatile
as $$
declare
  v_status   text;
  v_in_place uuid;
  v_lost     uuid[];
begin
  v_in_place := handoff_private.open_enrollment_in_program(p_enrollment);
  if v_in_place is not null then
    perform handoff_private.refuse_state(
      'enrollment', v_in_place, 'open', 'The student has this other enrollment in the program, which is open.'
    );
  end if;
  v_in_place := handoff_private.credited_since(p_enrollment);
  if v_in_place is not null then
    perform handoff_private.refuse_state(
      'step', v_in_place, 'completed', 'A completion of the enrollment was credited to this other step since.'
    );
  end if;
  select t.from_status
  into v_status
  from handoff.step_transitions as t
  where t.enrollment_id = p_enrollment.id and t.step_id is null and t.to_status = 'withdrawn'
  order by t.id desc
  limit 1;
  v_status := coalesce(v_status, case when p_enrollment.activated_at is null then 'pending' else 'active' end);
  update handoff.enrollments as e set status = v_status, withdrawn_at = null where e.id = p_enrollment.id;
  perform handoff_private.restore_credits(p_enrollment.id);
  v_lost := array(
    select s.id from handoff.enrollment_steps as s where s.enrollment_id = p_enrollment.id and handoff_private.lost_its_credit(s)
  );
  if v_lost <> '{}' then
    perform handoff_private.take_back_credits(handoff_private.lock_enrollment(p_enrollment.id), v_lost);
  end if;
  perform handoff_private.revive_messages(p_enrollment.id);
  return v_status;
end;
$$;

comment on function handoff_private.take_back_withdrawal(handoff.enrollments) is
  'Gives a withdrawn enrollment the status that it had; returns it. TH409 when another of the program is open, or a '
  'completion of it was credited elsewhere since.';
