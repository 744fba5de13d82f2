-- Lock order: reader, import, account, profile, enrollments, event, steps, certificate, answer, message, reach.
create or replace function handoff_private.act_on_person(p_act text, p_profile_id uuid, p_reason text, p_details jsonb)
returns text
language plpgsql
volatile
as $$
begin
  case p_act
    when 'enroll' then
      return handoff.enroll_student(p_profile_id, p_details ->> 'program', coalesce((p_details -> 'again')::boolean, false));
    when 'link' then
      return handoff.link_partner_account(p_details ->> 'partner', p_details ->> 'account', p_profile_id);
    when 'unlink' then
      return handoff.unlink_partner_account(p_details ->> 'partner', p_details ->> 'account', p_reason);
    when 'correct' then
      return handoff.correct_profile(p_profile_id, p_details ->> 'email', p_details ->> 'full_name', p_reason);
    when 'disable' then
      return handoff.disable_profile(p_profile_id, p_reason);
    when 'enable' then
      return handoff.enable_profile(p_profile_id, p_reason);
    when 'merge' then
      return handoff.merge_profiles(p_profile_id, handoff_private.uuid_of(p_details ->> 'into'), p_reason);
    when 'erase' then
      perform handoff.erase_profile(p_profile_id, p_reason);
      return 'erased';
  end case;
end;
$$;

comment on function handoff_private.act_on_person(text, uuid, text, jsonb) is
  'Does to a person what an act names; returns what the function behind it returns.';
