-- Lock order: profile, enrollments, event.
-- It waits for nobody, so a batch that holds others' locks stops nobody.
create or replace function handoff_private.lock_due_event(p_receipt uuid)
returns void
language plpgsql
volatile
as $$
declare
  v_student_id uuid;
begin
  select handoff_private.student_meant(e) into v_student_id from handoff.partner_events as e where e.receipt = p_receipt;
  perform from handoff.profiles as p where p.id = v_student_id for no key update nowait;
  perform from handoff.enrollments as e where e.student_id = v_student_id order by e.id for no key update nowait;
  perform from handoff.partner_events as e where e.receipt = p_receipt for no key update nowait;
end;
$$;

comment on function handoff_private.lock_due_event(uuid) is
  'Locks an event after what it may move, or raises lock_not_available (55P03) when somebody holds any of it.';
