-- Lock order: message.
-- What came back of an earlier try is about that try, and may be about another address.
create or replace function handoff_private.take_mail(p_mail handoff.outbox, p_lease interval)
returns boolean
language plpgsql
volatile
as $$
declare
  v_reason constant text := handoff_private.mail_no_longer_holds(p_mail);
begin
  if v_reason is not null then
    perform handoff_private.cancel_message(p_mail.message_id, v_reason);
    return false;
  elsif handoff_private.is_in_doubt(p_mail) then
    perform handoff_private.doubt_mail(p_mail.message_id, 'the database was restored, and it may have been sent before');
    return false;
  elsif handoff_private.has_no_step_yet(p_mail) then
    update handoff.outbox as o
    set due_at = handoff.clock() + interval '15 minutes'
    where o.message_id = p_mail.message_id;
    return false;
  end if;
  update handoff.outbox as o
  set
    lease_token = gen_random_uuid(), lease_until = handoff.clock() + p_lease, profile_id = p.id, mailed_to = p.email,
    bounced_at = null, bounce_status = null,
    facts = case when o.body is null then handoff_private.facts_told(p_mail) else o.facts end
  from handoff.profiles as p
  where o.message_id = p_mail.message_id and p.id = handoff_private.recipient_of(p_mail);
  return true;
end;
$$;

comment on function handoff_private.take_mail(handoff.outbox, interval) is
  'Takes a mail for a worker, when there is nothing against it; says whether. What no longer holds is cancelled, what '
  'may have been sent is left to an admin, what has nothing to tell yet waits.';
