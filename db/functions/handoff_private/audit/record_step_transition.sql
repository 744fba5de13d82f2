-- Lock order: enrollments.
-- A plain UPDATE of a DBA waits here for whoever holds the enrollment, which decides whether the step counts.
-- A trigger, so that no way of changing a status goes unrecorded. It runs as whoever made the change. Only the owner,
-- who could disable it as well, can say that a statement keeps the trail itself: complete_at_once does.
create or replace function handoff_private.record_step_transition()
returns trigger
language plpgsql
volatile
set search_path = pg_catalog, pg_temp
as $$
declare
  v_act handoff_private.act;
begin
  -- Asked here: a WHEN clause is read anew for every statement, and costs more than this. A new row has no old status.
  if old.status = new.status or (current_user = 'handoff_owner' and current_setting('handoff.act', true) = 'kept') then
    return null;
  end if;
  v_act := handoff_private.current_act();
  if old.status = 'pending' and new.status = 'in_progress' and v_act.cause <> 'direct' then
    v_act.cause := 'advanced';
  end if;
  if v_act.cause = 'direct' then
    perform from handoff.enrollments as e where e.id = new.enrollment_id for share;
  end if;
  insert into handoff.step_transitions (
    occurred_at, enrollment_id, step_id, from_status, to_status, cause, reason, event_receipt, actor_role, actor_id,
    tally
  )
  values (
    handoff.clock(), new.enrollment_id, new.id, old.status, new.status, v_act.cause, v_act.reason, v_act.event_receipt,
    v_act.actor_role, v_act.actor_id,
    handoff_private.tally_of_step(new, old.status, v_act.cause, v_act.actor_role)
  );
  return null;
end;
$$;

comment on function handoff_private.record_step_transition() is 'Writes each new status of a step to the audit trail.';

create or replace trigger record_creation
  after insert on handoff.enrollment_steps
  for each row execute function handoff_private.record_step_transition();

create or replace trigger record_transition
  after update of status on handoff.enrollment_steps
  for each row execute function handoff_private.record_step_transition();
