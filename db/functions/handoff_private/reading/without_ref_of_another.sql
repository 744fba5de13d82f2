-- A partner that sends the id of a class names every student's step with it. Our own step id is never left out: who
-- names another's step by it meant that one.
create or replace function handoff_private.without_ref_of_another(p_event handoff.partner_events)
returns handoff.partner_events
language plpgsql
stable
as $$
declare
  v_event handoff.partner_events := p_event;
begin
  if exists (
    select
    from handoff.enrollment_steps as s
    where s.partner_slug = p_event.partner_slug and s.external_enrollment_id = p_event.partner_enrollment_ref
  ) and not exists (
    select
    from handoff.enrollment_steps as s
    join handoff.enrollments as e on e.id = s.enrollment_id
    where e.student_id = p_event.student_id and s.partner_slug = p_event.partner_slug
      and s.external_enrollment_id = p_event.partner_enrollment_ref
  ) then
    if not exists (
      select from handoff.enrollment_steps as s where s.id = handoff_private.uuid_of(p_event.partner_enrollment_ref)
    ) then
      v_event.partner_enrollment_ref := null;
      v_event.left_out := array_append(v_event.left_out, 'enrollment_id');
    end if;
  end if;
  return v_event;
end;
$$;

comment on function handoff_private.without_ref_of_another(handoff.partner_events) is
  'The event without an enrollment id that stands on another student''s step and on none of its own student.';
