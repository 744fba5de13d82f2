-- Lock order: account, profile, enrollments, event, steps, certificate.
create or replace function handoff_private.act_on_step(p_act text, p_step_id uuid, p_reason text, p_details jsonb)
returns text
language plpgsql
volatile
as $$
begin
  case p_act
    when 'complete' then
      return handoff_private.complete_by_hand(p_step_id, p_reason, p_details ->> 'completed_on');
    when 'skip' then
      return handoff.skip_step(p_step_id, p_reason);
    when 'fail' then
      return handoff.fail_step(p_step_id, p_reason);
    when 'reopen' then
      return handoff.reopen_step(p_step_id, p_reason);
  end case;
end;
$$;

comment on function handoff_private.act_on_step(text, uuid, text, jsonb) is
  'Does to a step what an act names; returns what the function behind it returns.';
