-- A setting of this transaction carries why a status changes, and who acts, to the triggers that record it. Every
-- function that people or programs call and that moves something begins here, so nothing is left over from an earlier
-- call.
create or replace function handoff_private.begin_act(p_cause text, p_reason text default null, p_event uuid default null)
returns text
language sql
volatile
as $$
  select set_config(
    'handoff.act',
    row(
      p_cause, p_reason, p_event,
      handoff_private.caller_role(), handoff_private.acting_person(handoff_private.caller_role())
    )::handoff_private.act::text,
    true
  )
$$;

comment on function handoff_private.begin_act(text, text, uuid) is
  'Notes for the audit trail why what follows is done, by whom, and for which event; returns the note.';
