create or replace function handoff_private.settled_step(p_event handoff.partner_events)
returns uuid
language sql
stable
as $$
  select s.id
  from handoff.enrollment_steps as s
  join handoff.enrollments as e on e.id = s.enrollment_id
  where p_event.channel in ('manual', 'evidence') and s.id = handoff_private.uuid_of(p_event.partner_enrollment_ref)
    and s.partner_slug = p_event.partner_slug and e.student_id = p_event.student_id
$$;

comment on function handoff_private.settled_step(handoff.partner_events) is
  'The step that the person who entered the event has named; null when nobody did.';
