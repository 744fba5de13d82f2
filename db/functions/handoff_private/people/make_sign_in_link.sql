-- Lock order: profile, sign-in link.
-- For an operator at a terminal, who acts as the owner: a role of the shell makes a link for nobody. There is no limit,
-- since nothing is mailed; the link counts among those that can be used.
create or replace function handoff_private.make_sign_in_link(p_email text, p_token_hash bytea, p_reason text)
returns text
language plpgsql
volatile
set search_path = pg_catalog, pg_temp
as $$
declare
  v_now    timestamptz;
  v_person handoff.profiles;
begin
  perform handoff_private.begin_act('sign_in_link_made', handoff_private.require_reason(p_reason));
  v_person := handoff_private.lock_person(handoff.find_profile(p_email));
  if v_person.disabled_at is not null then
    perform handoff_private.refuse_state(
      'profile', v_person.id, 'disabled', 'This person has no access any more; enable_profile gives it back.'
    );
  end if;
  v_now := handoff.clock();
  insert into handoff.sign_in_links (token_hash, profile_id, created_at, expires_at)
  values (p_token_hash, v_person.id, v_now, v_now + interval '15 minutes');
  perform handoff_private.record_act(v_person.id);
  return v_person.email;
end;
$$;

comment on function handoff_private.make_sign_in_link(text, bytea, text) is
  'Makes a link with this token, to be handed over and not mailed; returns the person''s address. TH400, TH404 nobody '
  'has the address, TH409 whoever has it has no access.';
