-- Lock order: message.
-- A mail that waits for a step to tell of has nothing to tell, however often it was tried before.
create or replace function handoff_private.cancel_message(p_message_id uuid, p_reason text)
returns void
language plpgsql
volatile
as $$
begin
  if p_reason = 'expired' and exists (
    select
    from handoff.outbox as o
    where o.message_id = p_message_id and o.attempts > 0 and not handoff_private.has_no_step_yet(o)
  ) then
    perform handoff_private.give_up_message(p_message_id);
    return;
  end if;
  update handoff.outbox as o
  set
    status = 'cancelled', detail = p_reason, settled_at = handoff.clock(), due_at = null, lease_token = null,
    lease_until = null
  where o.message_id = p_message_id;
  perform handoff_private.wake_mails(o.enrollment_id)
  from handoff.outbox as o
  where o.message_id = p_message_id and o.kind = 'enroll_at_partner';
end;
$$;

comment on function handoff_private.cancel_message(uuid, text) is
  'Nobody is told any more; mails that waited for the answer go out without it. What was tried until it expired is '
  'given up and not cancelled: somebody should have been told.';
