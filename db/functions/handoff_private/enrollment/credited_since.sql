-- Also when it counted before: its enrollment was withdrawn at that time and came back, or a merge made one person of
-- two.
create or replace function handoff_private.credited_since(p_enrollment handoff.enrollments)
returns uuid
language sql
stable
as $$
  select o.id
  from handoff.enrollment_steps as s
  join handoff.partner_events as e on e.receipt = s.completed_by
  join handoff.enrollments as n on n.student_id = p_enrollment.student_id and n.id <> s.enrollment_id
  join handoff.enrollment_steps as o on o.enrollment_id = n.id
  join handoff.partner_events as c on c.receipt = o.completed_by
  cross join lateral (
    select max(t.id) as id
    from handoff.step_transitions as t
    where t.enrollment_id = p_enrollment.id and t.step_id is null and t.to_status = 'withdrawn'
  ) as w
  where s.enrollment_id = p_enrollment.id and s.status = 'completed'
    and n.status <> 'withdrawn' and o.status = 'completed' and o.partner_slug = s.partner_slug
    and (
      c.receipt = e.receipt
      or (c.item_ref is not distinct from e.item_ref and c.partner_completed_at = e.partner_completed_at)
    )
    and (
      exists (
        select from handoff.step_transitions as t where t.step_id = o.id and t.to_status = 'completed' and t.id > w.id
      )
      or 'withdrawn' = (
        select t.to_status
        from handoff.step_transitions as t
        where t.enrollment_id = n.id and t.step_id is null and t.id < w.id
        order by t.id desc
        limit 1
      )
      or exists (
        select from handoff.acts as a where a.act = 'merged' and a.enrollment_id in (n.id, s.enrollment_id) and a.id > w.id
      )
    )
  limit 1
$$;

comment on function handoff_private.credited_since(handoff.enrollments) is
  'The step of another enrollment to which a completion of this withdrawn one was credited since; null: none.';
