-- Lock order: account, profile, enrollments, event, steps, certificate.
create or replace function handoff_private.act_on_step(p_act text, p_step_id uuid, p_reason text, p_details jsonb)
returns text
language plpgsql
volatile
as $$
begin
  return case p_act
    when 'complete' then handoff_private.complete_by_hand(p_step_id, p_reason, p_details ->> 'completed_on')
    when 'skip' then handoff.skip_step(p_step_id, p_reason)
    when 'fail' then handoff.fail_step(p_step_id, p_reason)
    when 'reopen' then handoff.reopen_step(p_step_id, p_reason)
  end;
end;
$$;

comment on function handoff_private.act_on_step(text, uuid, text, jsonb) is
  'Does to a step what an act names; returns what the function behind it returns.';
