-- Lock order: answer, message.
-- What was refused may have been wrong, so it is written anew, under its old key; a mail of which nobody knows whether
-- it left goes as it was.
create or replace function handoff.send_again(p_message_id uuid, p_reason text)
returns text
language plpgsql
volatile
security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_message handoff.outbox;
begin
  perform handoff_private.require_admin();
  perform handoff_private.begin_act('sent_again', handoff_private.require_reason(p_reason));
  perform handoff_private.forget_refusal(o.step_id)
  from handoff.outbox as o
  where o.message_id = p_message_id and o.kind = 'enroll_at_partner' and o.status = 'dead';
  select o.* into v_message from handoff.outbox as o where o.message_id = p_message_id for update;
  if not found then
    raise exception using
      errcode = 'TH404',
      message = 'unknown message',
      detail = jsonb_build_object('message_id', p_message_id)::text,
      hint = 'Give the id of a message of the outbox.';
  end if;
  v_message.expires_at := greatest(
    v_message.expires_at, handoff.clock() + handoff_private.sent_within(v_message.kind)
  );
  if (v_message.status not in ('dead', 'unknown') and v_message.detail is distinct from 'expired')
    or handoff_private.no_longer_holds(v_message) is not null then
    perform handoff_private.refuse_state(
      'message', p_message_id, v_message.status, 'Only what was given up or has expired, and still holds, is sent again.'
    );
  end if;
  update handoff.outbox as o
  set
    status = 'pending', attempts = 0, due_at = handoff.clock(), expires_at = v_message.expires_at, settled_at = null,
    http_status = null, detail = null, body = case v_message.status when 'unknown' then o.body end
  where o.message_id = p_message_id;
  perform handoff_private.record_act(
    v_message.profile_id, p_enrollment_id => v_message.enrollment_id, p_partner_slug => v_message.partner_slug
  );
  return 'pending';
end;
$$;

comment on function handoff.send_again(uuid, text) is
  'Sends a message that was given up (dead), has expired, or of which nobody knows whether it left (unknown), once '
  'more, with a new time to do so. Returns its status. TH400 no reason, TH403, TH404, TH409 it is neither, or holds no '
  'longer.';
