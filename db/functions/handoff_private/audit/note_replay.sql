-- Lock order: none.
create or replace function handoff_private.note_replay(
  p_act text,
  p_events integer,
  p_receipt uuid default null,
  p_partner_slug text default null,
  p_status text default null,
  p_reason text default null,
  p_why text default null
)
returns void
language sql
volatile
as $$
  insert into handoff.event_replays (
    occurred_at, act, of_partner, of_status, of_reason, receipt, events, reason, actor_role, actor_id
  )
  values (
    handoff.clock(), p_act, p_partner_slug, p_status, p_reason, p_receipt, p_events, p_why,
    handoff_private.caller_role(), handoff_private.acting_person(handoff_private.caller_role())
  )
$$;

comment on function handoff_private.note_replay(text, integer, uuid, text, text, text, text) is
  'Writes down who had events tried again, set aside or taken from a student, or stopped it, and why.';
