-- Lock order: event.
-- The caller holds: account, profile, enrollments.
-- Locked in order of receipt, as whoever locks several does.
create or replace function handoff_private.erase_events(p_person handoff_private.forgotten)
returns void
language plpgsql
volatile
as $$
declare
  v_receipts constant uuid[] := handoff_private.events_that_tell(p_person);
begin
  perform from handoff.partner_events as e where e.receipt = any (v_receipts) order by e.position for no key update;
  update handoff.partner_events as e
  set
    (
      body, context, event_key, result, due_at, partner_enrollment_ref, item_ref, event_type, external_student_id
    ) = (
      select
        n.body, n.context, n.event_key, n.result, n.due_at, n.partner_enrollment_ref, n.item_ref, n.event_type,
        n.external_student_id
      from handoff_private.erased_event(e, handoff_private.student_meant(e) = any (t.ids), t.anything) as n
    )
  from handoff_private.traces_at_partners(p_person) as t
  where e.receipt = any (v_receipts) and t.partner_slug = e.partner_slug;
end;
$$;

comment on function handoff_private.erase_events(handoff_private.forgotten) is
  'Takes out of events what tells of a person; hashes, times and outcomes stay, and what was read of others'' events.';
