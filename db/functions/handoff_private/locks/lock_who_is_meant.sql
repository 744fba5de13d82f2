-- Lock order: account, profile, enrollments.
-- An account can be taken back until its student's profile is held: whose event it is, is read again then. An account
-- that was taken back is locked behind the profile; who links it at that very moment may meet a deadlock, and the
-- sender sends again.
create or replace function handoff_private.lock_who_is_meant(p_event handoff.partner_events)
returns handoff.partner_events
language plpgsql
volatile
as $$
declare
  v_event handoff.partner_events := p_event;
begin
  loop
    perform handoff_private.lock_enrollments_of(v_event.student_id);
    exit when v_event.student_id is null or v_event.student_id = coalesce(
      (
        select a.student_id
        from handoff.partner_accounts as a
        where a.partner_slug = v_event.partner_slug and a.external_student_id = v_event.external_student_id
      ),
      handoff_private.student_of_id(v_event.external_student_id, v_event.context)
    );
    v_event := handoff_private.read_event(v_event);
  end loop;
  return v_event;
end;
$$;

comment on function handoff_private.lock_who_is_meant(handoff.partner_events) is
  'Locks profile and enrollments of the student whom an event means, which was read; the event as it is read then.';
