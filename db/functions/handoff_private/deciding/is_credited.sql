-- By way of the student's enrollments: a step of another student is never completed by the event.
create or replace function handoff_private.is_credited(p_event handoff.partner_events)
returns boolean
language sql
stable
as $$
  select exists (
    select
    from handoff.enrollment_steps as o
    join handoff.enrollments as n on n.student_id = (
      select e.student_id from handoff.enrollments as e where e.id = o.enrollment_id
    )
    join handoff.enrollment_steps as s on s.enrollment_id = n.id
    where o.id = p_event.step_id and n.status <> 'withdrawn'
      and s.completed_by = p_event.receipt and s.status = 'completed'
  )
$$;

comment on function handoff_private.is_credited(handoff.partner_events) is
  'True when a step is completed by this event, and its enrollment is not withdrawn.';
