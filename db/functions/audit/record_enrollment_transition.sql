-- See record_step_transition for how the cause, the event and the reason arrive.
create or replace function handoff_private.record_enrollment_transition()
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
    occurred_at, enrollment_id, from_status, to_status, cause, reason, event_receipt, actor_role, actor_id
  )
  values (
    handoff.clock(),
    new.id,
    case when tg_op = 'UPDATE' then old.status end,
    new.status,
    case
      when not v_ours then 'direct'
      when new.status = 'completed' then 'all_steps_done'
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

comment on function handoff_private.record_enrollment_transition() is
  'Writes each new status of an enrollment to the audit trail.';

create or replace trigger record_creation
  after insert on handoff.enrollments
  for each row execute function handoff_private.record_enrollment_transition();

create or replace trigger record_transition
  after update of status on handoff.enrollments
  for each row execute function handoff_private.record_enrollment_transition();
