-- Lock order: profile, reach.
create or replace function handoff.allow_mail_again(p_profile_id uuid, p_reason text)
returns boolean
language plpgsql
volatile
security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_person handoff.profiles;
begin
  perform handoff_private.require_admin();
  perform handoff_private.begin_act('mail_allowed', handoff_private.require_reason(p_reason));
  v_person := handoff_private.lock_person(p_profile_id);
  delete from handoff.mail_suppressions as s where s.address = v_person.email;
  if not found then
    return false;
  end if;
  perform handoff_private.record_act(p_profile_id);
  return true;
end;
$$;

comment on function handoff.allow_mail_again(uuid, text) is
  'The person''s address gets mails again, until one comes back; false where it does already. TH400, TH403, TH404, '
  'TH409.';
