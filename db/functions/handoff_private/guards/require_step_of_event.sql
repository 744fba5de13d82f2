create or replace function handoff_private.require_step_of_event(p_event handoff.partner_events, p_step_id uuid)
returns void
language plpgsql
stable
as $$
declare
  v_step record;
begin
  select s.partner_slug, s.status, e.student_id, e.status as enrollment_status
  into v_step
  from handoff.enrollment_steps as s
  join handoff.enrollments as e on e.id = s.enrollment_id
  where s.id = p_step_id;
  if not found then
    raise exception using
      errcode = 'TH404',
      message = 'unknown step',
      detail = jsonb_build_object('step_id', p_step_id)::text,
      hint = 'Give the id of a step.';
  elsif v_step.partner_slug <> p_event.partner_slug
    or v_step.student_id is distinct from
      coalesce(p_event.student_id, handoff_private.student_of_id(p_event.external_student_id, p_event.context))
  then
    raise exception using
      errcode = 'TH403',
      message = 'step of another partner or student',
      detail = jsonb_build_object('receipt', p_event.receipt, 'step_id', p_step_id)::text,
      hint = 'Link the partner''s account to the student first, or choose a step of this partner and student.';
  elsif v_step.enrollment_status = 'on_hold' and v_step.status not in ('completed', 'skipped') then
    perform handoff_private.refuse_state('step', p_step_id, v_step.status, 'Resume the enrollment first.');
  end if;
end;
$$;

comment on function handoff_private.require_step_of_event(handoff.partner_events, uuid) is
  'TH403 unless the step belongs to the partner and the student of the event, which was read; TH404 when there is '
  'none, TH409 open but on hold.';
