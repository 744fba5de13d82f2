-- Settings of this transaction carry why a status changes to the triggers that record it. Every function that people or
-- programs call and that moves something begins here, so nothing is left over from an earlier call.
create or replace function handoff_private.begin_act(p_cause text, p_reason text default null)
returns void
language plpgsql
volatile
as $$
begin
  perform
    set_config('handoff.cause', p_cause, true),
    set_config('handoff.reason', coalesce(p_reason, ''), true),
    set_config('handoff.event', '', true);
end;
$$;

comment on function handoff_private.begin_act(text, text) is 'Notes for the audit trail why what follows is done.';
