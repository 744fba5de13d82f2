-- Lock order: none.
-- The act, its reason and its person are those that begin_act or continue_act noted.
create or replace function handoff_private.record_act(
  p_profile_id uuid default null,
  p_enrollment_id uuid default null,
  p_certificate_number text default null,
  p_event_receipt uuid default null
)
returns void
language sql
volatile
as $$
  insert into handoff.acts (
    occurred_at, act, reason, profile_id, enrollment_id, certificate_number, event_receipt, actor_role, actor_id
  )
  select
    handoff.clock(), a.cause, a.reason, p_profile_id, p_enrollment_id, p_certificate_number, p_event_receipt,
    a.actor_role, a.actor_id
  from handoff_private.current_act() as a
$$;

comment on function handoff_private.record_act(uuid, uuid, text, uuid) is
  'Writes an act that changes no status to the audit trail: what it is about, with the reason and the person of now.';
