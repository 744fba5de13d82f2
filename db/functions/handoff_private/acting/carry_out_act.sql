-- Lock order: reader, import, account, profile, enrollments, event, steps, certificate, answer, message, reach.
create or replace function handoff_private.carry_out_act(p_act text, p_target text, p_reason text, p_details jsonb)
returns text
language plpgsql
volatile
as $$
declare
  v_id constant uuid := handoff_private.uuid_of(p_target);
begin
  case handoff_private.kind_of_target(p_act)
    when 'enrollment' then
      return handoff_private.act_on_enrollment(p_act, v_id, p_reason);
    when 'step' then
      return handoff_private.act_on_step(p_act, v_id, p_reason, p_details);
    when 'certificate' then
      return handoff_private.act_on_certificate(p_act, p_target, p_reason);
    else
      return handoff_private.act_on_person(p_act, v_id, p_reason, p_details);
  end case;
end;
$$;

comment on function handoff_private.carry_out_act(text, text, text, jsonb) is
  'Does what an act names to what it names.';
