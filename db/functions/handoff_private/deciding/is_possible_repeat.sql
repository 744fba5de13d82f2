create or replace function handoff_private.is_possible_repeat(p_event handoff.partner_events, p_enrollment_id uuid)
returns boolean
language sql
stable
as $$
  select p_event.meaning = 'completion' and coalesce(p_event.passed, true) and exists (
    select
    from handoff.enrollments as n
    join handoff.enrollment_steps as s on s.enrollment_id = n.id
    join handoff.partner_events as c on c.receipt = s.completed_by
    where n.student_id = p_event.student_id and n.status <> 'withdrawn' and n.id <> p_enrollment_id
      and s.partner_slug = p_event.partner_slug and s.status = 'completed'
      and c.receipt <> p_event.receipt and handoff_private.is_like(c, p_event)
  )
$$;

comment on function handoff_private.is_possible_repeat(handoff.partner_events, uuid) is
  'True when this completion, which would complete a step of the enrollment, could be one that is credited to another '
  'enrollment.';
