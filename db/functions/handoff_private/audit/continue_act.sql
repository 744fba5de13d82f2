create or replace function handoff_private.continue_act(p_cause text, p_event uuid default null)
returns void
language plpgsql
volatile
as $$
declare
  v_act handoff_private.act := current_setting('handoff.act')::handoff_private.act;
begin
  v_act.cause := p_cause;
  v_act.event_receipt := p_event;
  perform set_config('handoff.act', v_act::text, true);
end;
$$;

comment on function handoff_private.continue_act(text, uuid) is
  'Notes another cause, and the event, for what the act that was begun brings with it; its reason and its person stay.';
