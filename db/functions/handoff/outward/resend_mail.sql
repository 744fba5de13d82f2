-- Lock order: message.
-- Under the same Message-ID and as it was written: whoever has it already can see that.
create or replace function handoff.resend_mail(p_message_id uuid)
returns text
language plpgsql
volatile
security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_mail handoff.outbox;
begin
  perform handoff_private.require_admin();
  select o.* into v_mail from handoff.outbox as o where o.message_id = p_message_id and o.profile_id is not null for update;
  if not found then
    raise exception using
      errcode = 'TH404',
      message = 'unknown message',
      detail = jsonb_build_object('message_id', p_message_id)::text,
      hint = 'Look at handoff.outbox.';
  elsif v_mail.status not in ('unknown', 'dead') or v_mail.kind = 'sign_in_link' then
    perform handoff_private.refuse_state(
      'message', p_message_id, v_mail.status, 'Only a mail that is dead or in doubt is sent again, and no link to sign in.'
    );
  end if;
  update handoff.outbox as o
  set
    status = case when o.attempts = 0 then 'pending' else 'failed' end,
    due_at = handoff.clock(), settled_at = null, detail = 'to be sent again, as an admin said',
    expires_at = greatest(o.expires_at, handoff.clock() + handoff_private.sent_within(o.kind))
  where o.message_id = p_message_id
  returning o.status into v_mail.status;
  return v_mail.status;
end;
$$;

comment on function handoff.resend_mail(uuid) is
  'Makes a mail that is dead or in doubt due again, as it was written. Returns its status. TH403, TH404, TH409.';
