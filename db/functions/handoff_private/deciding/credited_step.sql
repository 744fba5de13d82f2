create or replace function handoff_private.credited_step(p_event handoff.partner_events)
returns table (step_id uuid)
language sql
stable
as $$
  select e.step_id
  from handoff.partner_events as e
  where e.student_id = p_event.student_id and e.partner_slug = p_event.partner_slug
    and e.reason in ('completed', 'completed_early') and e.item_ref is not distinct from p_event.item_ref
    and e.partner_completed_at = p_event.partner_completed_at and e.receipt <> p_event.receipt
    and coalesce(p_event.passed, true)
  order by e.position desc
  limit 1
$$;

comment on function handoff_private.credited_step(handoff.partner_events) is
  'The step to which this completion was credited under another key; its second identity is partner, student, item '
  'and time.';
