create or replace function handoff_private.lost_its_credit(p_step handoff.enrollment_steps)
returns boolean
language sql
stable
as $$
  select p_step.status = 'completed' and p_step.completed_by is null and (
    select t.event_receipt is not null
    from handoff.step_transitions as t
    where t.step_id = p_step.id
    order by t.id desc
    limit 1
  )
$$;

comment on function handoff_private.lost_its_credit(handoff.enrollment_steps) is
  'True for a step that an event completed which was taken back with its account, where the step could not be opened.';
