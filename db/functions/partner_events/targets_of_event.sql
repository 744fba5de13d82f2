-- Caller holds the locks of the student's enrollments. An enrollment that awaits approval has no steps yet: its program
-- says which it will have. For progress the item is a part of the course, so it does not choose the course.
create or replace function handoff_private.targets_of_event(p_event handoff.partner_events)
returns table (
  enrollment_id uuid,
  enrollment_status text,
  enrolled_at timestamptz,
  step_id uuid,
  step_status text,
  course_ref text,
  is_named boolean
)
language sql
stable
as $$
  select
    e.id,
    e.status,
    e.enrolled_at,
    s.id,
    s.status,
    s.course_ref,
    coalesce(p_event.partner_enrollment_ref = s.external_enrollment_id or lower(p_event.partner_enrollment_ref) = s.id::text, false)
  from handoff.enrollments as e
  join handoff.enrollment_steps as s on s.enrollment_id = e.id
  where e.student_id = p_event.student_id and s.partner_slug = p_event.partner_slug
    and (s.course_ref is null or p_event.item_ref is null or p_event.meaning = 'progress' or s.course_ref = p_event.item_ref)
  union all
  select e.id, e.status, e.enrolled_at, null, 'pending', m.course_ref, false
  from handoff.enrollments as e
  join handoff.program_partners as m on m.program_slug = e.program_slug
  where e.student_id = p_event.student_id and e.status = 'pending'
    and m.partner_slug = p_event.partner_slug and m.is_required
    and (m.course_ref is null or p_event.item_ref is null or p_event.meaning = 'progress' or m.course_ref = p_event.item_ref)
$$;

comment on function handoff_private.targets_of_event(handoff.partner_events) is
  'Every step of the student that the event could mean, done ones included; step_id is null where approval is awaited.';
