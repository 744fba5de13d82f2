-- Settings of this transaction carry why a status changes to the triggers that record it. Every function that people or
-- programs call and that moves something begins here, so nothing is left over from an earlier call. One expression, so that
-- an assignment costs no query.
create or replace function handoff_private.begin_act(p_cause text, p_reason text default null, p_event uuid default null)
returns timestamptz
language sql
volatile
as $$
  select case
    when set_config('handoff.cause', p_cause, true) is not null
      and set_config('handoff.reason', coalesce(p_reason, ''), true) is not null
      and set_config('handoff.event', coalesce(p_event::text, ''), true) is not null
    then handoff.clock()
  end
$$;

comment on function handoff_private.begin_act(text, text, uuid) is
  'Notes for the audit trail why what follows is done, and for which event; returns the time of it.';
