-- A trigger, so that no way of changing a status goes unrecorded. It runs as who made the change: our functions run as the
-- owner and say why in settings (see begin_act); a DBA's own UPDATE is direct, whatever the settings say.
create or replace function handoff_private.record_step_transition()
returns trigger
language plpgsql
volatile
set search_path = pg_catalog, pg_temp
as $$
declare
  v_ours constant boolean := current_user = 'handoff_owner';
begin
  -- Asked here: a WHEN clause is read anew for every statement, and costs more than this.
  if tg_op = 'UPDATE' and old.status = new.status then
    return null;
  end if;
  insert into handoff.step_transitions (
    occurred_at, enrollment_id, step_id, from_status, to_status, cause, reason, event_receipt, actor_role, actor_id
  )
  values (
    handoff.clock(),
    new.enrollment_id,
    new.id,
    case when tg_op = 'UPDATE' then old.status end,
    new.status,
    case
      when not v_ours then 'direct'
      when tg_op = 'UPDATE' and old.status = 'pending' and new.status = 'in_progress' then 'advanced'
      else coalesce(nullif(current_setting('handoff.cause', true), ''), 'direct')
    end,
    case when v_ours then nullif(current_setting('handoff.reason', true), '') end,
    case when v_ours then nullif(current_setting('handoff.event', true), '')::uuid end,
    handoff_private.caller_role(),
    handoff_private.acting_person()
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
