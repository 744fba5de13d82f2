-- For progress the item is a part of the course, so it does not choose the course. What completes a step that names its
-- course, or fails it, must name the course, too.
create or replace function handoff_private.fits_course(p_event handoff.partner_events, p_course_ref text)
returns boolean
language sql
immutable
as $$
  select p_course_ref is null or p_event.meaning = 'progress' or coalesce(
    p_course_ref = p_event.item_ref, p_event.meaning <> 'completion'
  )
$$;

comment on function handoff_private.fits_course(handoff.partner_events, text) is
  'True when the event can be of a step or mapping with this course; null: of any course.';
