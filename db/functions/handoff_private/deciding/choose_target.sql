-- What the event names goes first: the enrollment, then the course. Open enrollments go before closed ones, of which
-- the newest speaks. A done step stays a candidate: where a partner stands twice, the event may be of that one. Among
-- equals an open step goes first, so when the first is done, all are. An enrollment that awaits approval, or was
-- withdrawn before it, has no steps yet: its program says which it will have.
create or replace function handoff_private.choose_target(p_event handoff.partner_events)
returns handoff_private.target
language plpgsql
stable
as $$
declare
  v_target handoff_private.target;
begin
  select
    t.enrollment_id, t.enrollment_status, t.enrolled_at, t.step_id, t.step_status,
    not t.is_done and lead((t.is_named, t.closed, t.is_course)) over preference
      is not distinct from (t.is_named, t.closed, t.is_course)
  into v_target
  from (
    select
      e.id, e.status, e.enrolled_at, s.id, s.status,
      coalesce(p_event.partner_enrollment_ref = s.external_ref or lower(p_event.partner_enrollment_ref) = s.id::text, false),
      case when e.status in ('completed', 'withdrawn') then e.enrolled_at end,
      coalesce(s.course_ref = p_event.item_ref, false),
      s.status in ('completed', 'skipped')
    from handoff.enrollments as e
    cross join lateral (
      select s.id, s.status, s.course_ref, s.external_enrollment_id
      from handoff.enrollment_steps as s
      where s.enrollment_id = e.id and s.partner_slug = p_event.partner_slug
      union all
      select null, 'pending', m.course_ref, null
      from handoff.program_partners as m
      where (e.status = 'pending' or e.status = 'withdrawn' and e.activated_at is null)
        and m.program_slug = e.program_slug and m.partner_slug = p_event.partner_slug and m.is_required
    ) as s (id, status, course_ref, external_ref)
    where e.student_id = p_event.student_id
      and handoff_private.fits_course(p_event, s.course_ref)
  ) as t (enrollment_id, enrollment_status, enrolled_at, step_id, step_status, is_named, closed, is_course, is_done)
  window preference as (
    order by t.is_named desc, t.closed desc nulls first, t.is_course desc, t.is_done, t.enrolled_at desc, t.step_id
  )
  order by t.is_named desc, t.closed desc nulls first, t.is_course desc, t.is_done, t.enrolled_at desc, t.step_id
  limit 1;
  return v_target;
end;
$$;

comment on function handoff_private.choose_target(handoff.partner_events) is
  'The step of its student that the event means, and whether it could mean another open one as well; null when there '
  'is none.';
