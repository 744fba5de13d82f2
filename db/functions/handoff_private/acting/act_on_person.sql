-- Lock order: reader, import, account, profile, enrollments, event, steps, certificate, answer, message, reach.
create or replace function handoff_private.act_on_person(p_act text, p_profile_id uuid, p_reason text, p_details jsonb)
returns text
language plpgsql
volatile
as $$
begin
  if p_act = 'erase' then
    perform handoff.erase_profile(p_profile_id, p_reason);
    return 'erased';
  end if;
  return case p_act
    when 'enroll' then handoff.enroll_student(
      p_profile_id, p_details ->> 'program', coalesce((p_details -> 'again')::boolean, false)
    )::text
    when 'link' then handoff.link_partner_account(p_details ->> 'partner', p_details ->> 'account', p_profile_id)::text
    when 'unlink' then handoff.unlink_partner_account(p_details ->> 'partner', p_details ->> 'account', p_reason)::text
    when 'correct' then handoff.correct_profile(p_profile_id, p_details ->> 'email', p_details ->> 'full_name', p_reason)::text
    when 'disable' then handoff.disable_profile(p_profile_id, p_reason)
    when 'enable' then handoff.enable_profile(p_profile_id, p_reason)
    when 'merge' then handoff.merge_profiles(p_profile_id, handoff_private.uuid_of(p_details ->> 'into'), p_reason)::text
  end;
end;
$$;

comment on function handoff_private.act_on_person(text, uuid, text, jsonb) is
  'Does to a person what an act names; returns what the function behind it returns.';
