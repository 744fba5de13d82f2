-- Lock order: profile, message, reach.
-- The address is the one that was mailed, whatever the person's is by now. The same report again, also after an admin
-- has allowed the address, changes nothing. A report may be of another address: of the one that the mail was sent to
-- before it was sent again, or of one that its receiver has it forwarded to. Neither says that the address of today
-- does not work; nor does a report that names nobody, which no mail server should send (RFC 3464 wants the recipient).
create or replace function handoff.note_bounce(p_message_id uuid, p_is_hard boolean, p_status text, p_recipients text[])
returns text
language plpgsql
volatile
security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_message    handoff.outbox;
  v_profile_id uuid;
  v_is_of_it   boolean;
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
  v_is_of_it := exists (
    select from unnest(p_recipients) as r (address) where handoff_private.is_same_address(r.address, v_message.mailed_to)
  );
  update handoff.outbox as o
  set bounce_status = p_status, bounced_at = case when p_is_hard and v_is_of_it then handoff.clock() end
  where o.message_id = p_message_id;
  if not p_is_hard or v_message.mailed_to is null then
    return 'noted';
  elsif not v_is_of_it then
    return 'another';
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

comment on function handoff.note_bounce(uuid, boolean, text, text[]) is
  'A mail came back, of these recipients. Hard: an address does not work; when it is the one that was mailed, it gets '
  'sign-in links only from now on. Returns suppressed; another: the report is of another address, or names none; '
  'noted: for another reason, or not for good; known: told before; unknown: no mail of ours.';
