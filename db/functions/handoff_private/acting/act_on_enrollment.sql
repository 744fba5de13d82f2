-- Lock order: account, profile, enrollments, event, steps, certificate, message.
create or replace function handoff_private.act_on_enrollment(p_act text, p_enrollment_id uuid, p_reason text)
returns text
language plpgsql
volatile
as $$
begin
  return case p_act
    when 'approve' then handoff.approve_enrollment(p_enrollment_id, p_reason)
    when 'hold' then handoff.hold_enrollment(p_enrollment_id, p_reason)
    when 'resume' then handoff.resume_enrollment(p_enrollment_id, p_reason)
    when 'withdraw' then handoff.withdraw_enrollment(p_enrollment_id, p_reason)
  end;
end;
$$;

comment on function handoff_private.act_on_enrollment(text, uuid, text) is
  'Does to an enrollment what an act names; returns what the function behind it returns.';
