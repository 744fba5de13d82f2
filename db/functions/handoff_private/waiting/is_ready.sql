-- The one table of what un-parks what: by reason, the thing that the event waits for, and whether it is there. Where
-- that can't be seen, because a corrected mapping shows in no step, the event is ready when somebody corrects the
-- thing.
create or replace function handoff_private.is_ready(p_event handoff.partner_events, p_corrected text default null)
returns boolean
language sql
stable
as $$
  select exists (
    select
    from (
      values
        ('unknown_student', 'account', exists (
          select
          from handoff.partner_accounts as a
          where a.partner_slug = p_event.partner_slug and a.external_student_id = p_event.external_student_id
            and a.student_id is not null
        )),
        ('awaiting_approval', 'enrollment', exists (
          select from handoff.enrollments as n where n.id = p_event.enrollment_id and n.status = 'active'
        )),
        ('on_hold', 'enrollment', exists (
          select from handoff.enrollments as n where n.id = p_event.enrollment_id and n.status = 'active'
        )),
        ('withdrawn', 'enrollment', exists (
          select from handoff.enrollments as n where n.id = p_event.enrollment_id and n.status = 'active'
        )),
        ('partner_disabled', 'partner', exists (
          select from handoff.partners as p where p.slug = p_event.partner_slug and p.status = 'active'
        )),
        ('unknown_event_type', 'event_type', exists (
          select
          from handoff.partner_event_types as t
          where t.partner_slug = p_event.partner_slug and t.event_type = p_event.event_type
        )),
        ('unmapped_course', 'event_type', p_corrected is not null),
        ('unmapped_course', 'mapping', p_corrected is not null),
        ('no_enrollment', 'mapping', p_corrected is not null)
    ) as w (reason, thing, is_there)
    where p_event.set_aside_at is null and w.reason = p_event.reason and w.thing = coalesce(p_corrected, w.thing) and w.is_there
  )
$$;

comment on function handoff_private.is_ready(handoff.partner_events, text) is
  'True when what a parked event waited for is there. p_corrected: only what waits for this thing (account, '
  'enrollment, partner, event_type, mapping), which somebody has just corrected.';
