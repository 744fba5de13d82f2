-- Caller holds the enrollments. One that awaits approval has no steps yet: its program says which it will have. For progress
-- the item is a part of the course, so it does not choose the course.
create or replace function handoff_private.targets_of_event(p_event handoff.partner_events)
returns table (
  enrollment_id uuid,
  enrollment_status text,
  enrolled_at timestamptz,
  step_id uuid,
  step_status text,
  is_named boolean,
  closed timestamptz,
  is_course boolean,
  is_done boolean,
  is_ambiguous boolean
)
language sql
stable
as $$
  select
    e.id,
    e.status,
    e.enrolled_at,
    t.step_id,
    t.status,
    t.is_named,
    case when e.status in ('completed', 'withdrawn') then e.enrolled_at end,
    coalesce(t.course_ref = p_event.item_ref, false),
    t.status in ('completed', 'skipped'),
    false
  from handoff.enrollments as e
  cross join lateral (
    select
      s.id, s.status, s.course_ref,
      coalesce(p_event.partner_enrollment_ref = s.external_enrollment_id or lower(p_event.partner_enrollment_ref) = s.id::text, false)
    from handoff.enrollment_steps as s
    where s.enrollment_id = e.id and s.partner_slug = p_event.partner_slug
    union all
    select null, 'pending', m.course_ref, false
    from handoff.program_partners as m
    where e.status = 'pending' and m.program_slug = e.program_slug and m.partner_slug = p_event.partner_slug and m.is_required
  ) as t (step_id, status, course_ref, is_named)
  where e.student_id = p_event.student_id
    and (t.course_ref is null or p_event.item_ref is null or p_event.meaning = 'progress' or t.course_ref = p_event.item_ref)
$$;

comment on function handoff_private.targets_of_event(handoff.partner_events) is
  'Every step of the student that the event could mean, done ones included; step_id is null where approval is awaited.';
