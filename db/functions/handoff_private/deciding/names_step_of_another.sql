-- A partner's reference is never authority: it can choose among the student's own steps, and not reach another's.
create or replace function handoff_private.names_step_of_another(p_event handoff.partner_events)
returns boolean
language sql
stable
as $$
  select coalesce(
    (
      select e.student_id <> p_event.student_id or s.partner_slug <> p_event.partner_slug
      from handoff.enrollment_steps as s
      join handoff.enrollments as e on e.id = s.enrollment_id
      where s.id = handoff_private.uuid_of(p_event.partner_enrollment_ref)
    ),
    false
  )
$$;

comment on function handoff_private.names_step_of_another(handoff.partner_events) is
  'True when the event names one of our steps, and it is another student''s or another partner''s.';
