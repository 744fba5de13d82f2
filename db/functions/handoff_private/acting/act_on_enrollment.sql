-- Lock order: account, profile, enrollments, event, steps, certificate, message.
create or replace function handoff_private.act_on_enrollment(p_act text, p_enrollment_id uuid, p_reason text)
returns text
language plpgsql
volatile
as $$
begin
  case p_act
    when 'approve' then
      return handoff.approve_enrollment(p_enrollment_id, p_reason);
    when 'hold' then
      return handoff.hold_enrollment(p_enrollment_id, p_reason);
    when 'resume' then
      return handoff.resume_enrollment(p_enrollment_id, p_reason);
    when 'withdraw' then
      return handoff.withdraw_enrollment(p_enrollment_id, p_reason);
  end case;
end;
$$;

comment on function handoff_private.act_on_enrollment(text, uuid, text) is
  'Does to an enrollment what an act names; returns what the function behind it returns.';
