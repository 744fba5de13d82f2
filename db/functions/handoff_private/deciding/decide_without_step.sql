-- The caller holds: profile, enrollments.
-- An optional mapping makes no step: what comes for it is evidence.
create or replace function handoff_private.decide_without_step(p_event handoff.partner_events)
returns handoff.partner_events
language plpgsql
stable
as $$
declare
  v_event handoff.partner_events := p_event;
begin
  select e.id
  into v_event.enrollment_id
  from handoff.enrollments as e
  join handoff.program_partners as m on m.program_slug = e.program_slug
  where e.student_id = p_event.student_id and e.status <> 'withdrawn'
    and m.partner_slug = p_event.partner_slug and not m.is_required
    and handoff_private.fits_course(p_event, m.course_ref)
  order by e.status = 'completed', e.enrolled_at desc
  limit 1;
  if found then
    v_event.status := 'accepted';
    v_event.reason := 'evidence';
    return v_event;
  end if;
  v_event.status := 'parked';
  v_event.reason := case
    when exists (
      select
      from handoff.enrollments as e
      join handoff.enrollment_steps as s on s.enrollment_id = e.id
      where e.student_id = p_event.student_id and s.partner_slug = p_event.partner_slug and e.status <> 'withdrawn'
    ) or exists (
      select
      from handoff.enrollments as e
      join handoff.program_partners as m on m.program_slug = e.program_slug
      where e.student_id = p_event.student_id and m.partner_slug = p_event.partner_slug and e.status <> 'withdrawn'
        and (e.status = 'pending' or not m.is_required)
    ) then 'unmapped_course'
    else 'no_enrollment'
  end;
  return v_event;
end;
$$;

comment on function handoff_private.decide_without_step(handoff.partner_events) is
  'The outcome of an event that no step of its student matches: evidence, unmapped_course or no_enrollment.';
