-- Lock order: account, enrollments of the student by id. What is decided here holds until the transaction ends.
create or replace function handoff_private.settle_event(p_event handoff.partner_events, p_step_id uuid default null)
returns handoff.partner_events
language plpgsql
volatile
as $$
declare
  v_event handoff.partner_events := handoff_private.read_event(p_event);
begin
  if v_event.status = 'received' then
    perform handoff_private.lock_enrollments_of(v_event.student_id);
    return handoff_private.decide_event(v_event, p_step_id);
  end if;
  return v_event;
end;
$$;

comment on function handoff_private.settle_event(handoff.partner_events, uuid) is
  'The event with all that was read of it and its outcome, decided under the locks of the student''s enrollments.';
