-- Lock order: profile, message, reach.
-- The address is the one that was mailed, whatever the person's is by now. The same report again, also after an admin
-- has allowed the address, changes nothing.
create or replace function handoff.note_bounce(p_message_id uuid, p_is_hard boolean, p_status text)
returns text
language plpgsql
volatile
security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_message    handoff.outbox;
  v_profile_id uuid;
begin
  perform handoff_private.begin_act('mail_suppressed');
  perform
  from handoff.outbox as o
  join handoff.profiles as p on p.id = o.profile_id
  where o.message_id = p_message_id
  for key share of p;
  select o.* into v_message
  from handoff.outbox as o
  where o.message_id = p_message_id and o.profile_id is not null
  for update;
  if not found then
    return 'unknown';
  elsif v_message.bounced_at is not null then
    return 'known';
  end if;
  update handoff.outbox as o
  set bounce_status = p_status, bounced_at = case when p_is_hard then handoff.clock() end
  where o.message_id = p_message_id;
  if not p_is_hard or v_message.mailed_to is null then
    return 'noted';
  end if;
  v_profile_id := handoff_private.recipient_of(v_message);
  insert into handoff.mail_suppressions (address, profile_id, message_id, status, since)
  values (v_message.mailed_to, v_profile_id, p_message_id, p_status, handoff.clock())
  on conflict (address) do nothing;
  if found then
    perform handoff_private.record_act(v_profile_id);
  end if;
  return 'suppressed';
end;
$$;

comment on function handoff.note_bounce(uuid, boolean, text) is
  'A mail came back. Hard: its address does not work, and gets sign-in links only from now on. Returns suppressed; '
  'noted: for another reason, or not for good; known: told before; unknown: no mail of ours.';
