-- The one table of what un-parks what: by reason, the thing that the event waits for, and whether it is there. Where
-- that can't be seen, because a corrected mapping shows in no step, the event is ready when somebody corrects the
-- thing.
create or replace function handoff_private.is_ready(p_event handoff.partner_events, p_corrected text default null)
returns boolean
language sql
stable
as $$
  select p_event.set_aside_at is null and case
    when p_event.reason = 'unknown_student' and coalesce(p_corrected, 'account') = 'account' then exists (
      select
      from handoff.partner_accounts as a
      join handoff.profiles as s on s.id = a.student_id and s.erased_at is null
      where a.partner_slug = p_event.partner_slug and a.external_student_id = p_event.external_student_id
    )
    when p_event.reason in ('awaiting_approval', 'on_hold', 'withdrawn')
      and coalesce(p_corrected, 'enrollment') = 'enrollment' then exists (
      select from handoff.enrollments as n where n.id = p_event.enrollment_id and n.status = 'active'
    )
    when p_event.reason = 'partner_disabled' and coalesce(p_corrected, 'partner') = 'partner' then exists (
      select from handoff.partners as p where p.slug = p_event.partner_slug and p.status = 'active'
    )
    when p_event.reason = 'unknown_event_type' and coalesce(p_corrected, 'event_type') = 'event_type' then exists (
      select
      from handoff.partner_event_types as t
      where t.partner_slug = p_event.partner_slug and t.event_type = p_event.event_type
    )
    when p_event.reason = 'unmapped_course' then coalesce(p_corrected in ('event_type', 'mapping'), false)
    when p_event.reason = 'no_enrollment' then coalesce(p_corrected = 'mapping', false)
    else false
  end
$$;

comment on function handoff_private.is_ready(handoff.partner_events, text) is
  'True when what a parked event waited for is there. p_corrected: only what waits for this thing (account, '
  'enrollment, partner, event_type, mapping), which somebody has just corrected.';
