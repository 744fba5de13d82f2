create or replace function handoff.find_profile(p_email text)
returns uuid
language plpgsql
stable
security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_id constant uuid := handoff_private.profile_of_address(p_email);
begin
  perform handoff_private.require_admin();
  if v_id is null then
    raise exception using
      errcode = 'TH404',
      message = 'unknown person',
      detail = '{"argument": "p_email"}',
      hint = 'Give the e-mail address of a person.';
  end if;
  return v_id;
end;
$$;

comment on function handoff.find_profile(text) is
  'The person with this address, as people type it; of a merged one the person who stays. TH403, TH404.';
