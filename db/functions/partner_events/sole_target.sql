-- Caller holds the enrollment, the only one of the student. Most students have one, most programs name a partner once, and
-- most completions are the first of their partner: then nothing has to be chosen.
create or replace function handoff_private.sole_target(p_event handoff.partner_events, p_enrollment handoff.enrollments)
returns handoff_private.target
language plpgsql
stable
as $$
declare
  v_steps handoff.enrollment_steps[];
begin
  v_steps := array(
    select s
    from handoff.enrollment_steps as s
    where s.enrollment_id = p_enrollment.id and s.partner_slug = p_event.partner_slug
      and (s.course_ref is null or p_event.item_ref is null or p_event.meaning = 'progress' or s.course_ref = p_event.item_ref)
      and not exists (
        select
        from handoff.partner_events as e
        where e.student_id = p_event.student_id and e.partner_slug = p_event.partner_slug
          and e.reason in ('completed', 'completed_early')
      )
    limit 2
  );
  if cardinality(v_steps) <> 1 then
    return null;
  end if;
  return (p_enrollment.id, p_enrollment.status, p_enrollment.enrolled_at, v_steps[1].id, v_steps[1].status, false);
end;
$$;

comment on function handoff_private.sole_target(handoff.partner_events, handoff.enrollments) is
  'The step that the event means, where it can mean only one and nothing of this partner was credited yet; else null.';
