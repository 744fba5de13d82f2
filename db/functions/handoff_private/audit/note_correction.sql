-- Lock order: none.
create or replace function handoff_private.note_correction(
  p_act text, p_profile_id uuid, p_reason text, p_other_id uuid default null
)
returns void
language sql
volatile
as $$
  insert into handoff.profile_corrections (occurred_at, act, profile_id, other_id, reason, actor_role, actor_id)
  values (
    handoff.clock(), p_act, p_profile_id, p_other_id, p_reason,
    handoff_private.caller_role(), handoff_private.acting_person(handoff_private.caller_role())
  )
$$;

comment on function handoff_private.note_correction(text, uuid, text, uuid) is
  'Writes down what was done to a person, by whom and why. It holds no name and no address.';
