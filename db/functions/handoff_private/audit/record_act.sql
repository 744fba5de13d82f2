-- Lock order: none.
-- The transaction has its id before it draws one of the trail, see mark_trail: this may be the first that it writes. It
-- is asked for in a condition, since the planner leaves out a column that nobody reads.
-- The act, its reason and its person are those that begin_act or continue_act noted. p_act: an act that is part of it.
create or replace function handoff_private.record_act(
  p_profile_id uuid default null,
  p_merged_into uuid default null,
  p_enrollment_id uuid default null,
  p_certificate_number text default null,
  p_event_receipt uuid default null,
  p_partner_slug text default null,
  p_event_status text default null,
  p_event_reason text default null,
  p_events integer default null,
  p_act text default null
)
returns void
language sql
volatile
as $$
  insert into handoff.acts (
    occurred_at, act, reason, profile_id, merged_into, enrollment_id, certificate_number, event_receipt, partner_slug,
    event_status, event_reason, events, actor_role, actor_id
  )
  select
    handoff.clock(), coalesce(p_act, (c.act).cause), (c.act).reason, p_profile_id, p_merged_into, p_enrollment_id,
    p_certificate_number, p_event_receipt, p_partner_slug, p_event_status, p_event_reason, p_events, (c.act).actor_role,
    (c.act).actor_id
  from (select handoff_private.current_act() as act where pg_current_xact_id() is not null offset 0) as c
$$;

comment on function handoff_private.record_act(uuid, uuid, uuid, text, uuid, text, text, text, integer, text) is
  'Writes an act that changes no status to the audit trail: what it is about, with the reason and the person of now.';
