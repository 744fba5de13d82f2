-- A credit counts while its step is completed in an enrollment that is not withdrawn.
create or replace function handoff_private.credited_step(p_event handoff.partner_events)
returns table (step_id uuid)
language sql
stable
as $$
  select s.id
  from handoff.enrollments as n
  join handoff.enrollment_steps as s on s.enrollment_id = n.id
  join handoff.partner_events as c on c.receipt = s.completed_by
  where n.student_id = p_event.student_id and n.status <> 'withdrawn'
    and s.partner_slug = p_event.partner_slug and s.status = 'completed'
    and c.item_ref is not distinct from p_event.item_ref and c.partner_completed_at = p_event.partner_completed_at
    and c.receipt <> p_event.receipt and coalesce(p_event.passed, true)
  order by c.position desc
  limit 1
$$;

comment on function handoff_private.credited_step(handoff.partner_events) is
  'The step to which this completion is credited under another key; its second identity is partner, student, item '
  'and time.';
