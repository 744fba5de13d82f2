-- Lock order: none.
create or replace function handoff_private.record_enrollment_transition()
returns trigger
language plpgsql
volatile
set search_path = pg_catalog, pg_temp
as $$
declare
  v_act handoff_private.act;
begin
  -- A new row has no old status.
  if old.status = new.status then
    return null;
  end if;
  v_act := handoff_private.current_act();
  if new.status = 'completed' and v_act.cause <> 'direct' then
    v_act.cause := 'all_steps_done';
  end if;
  insert into handoff.step_transitions (
    occurred_at, enrollment_id, from_status, to_status, cause, reason, event_receipt, actor_role, actor_id, tally
  )
  values (
    handoff.clock(), new.id, old.status, new.status, v_act.cause, v_act.reason, v_act.event_receipt,
    v_act.actor_role, v_act.actor_id,
    handoff_private.tally_of_enrollment(new, old.status, v_act.cause, v_act.actor_role)
  );
  return null;
end;
$$;

comment on function handoff_private.record_enrollment_transition() is
  'Writes each new status of an enrollment to the audit trail.';

create or replace trigger record_creation
  after insert on handoff.enrollments
  for each row execute function handoff_private.record_enrollment_transition();

create or replace trigger record_transition
  after update of status on handoff.enrollments
  for each row execute function handoff_private.record_enrollment_transition();
