-- Lock order: message.
create or replace function handoff.begin_sending(p_message_id uuid, p_token uuid)
returns boolean
language plpgsql
volatile
security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_message handoff.outbox;
  v_reason  text;
begin
  v_message := handoff_private.lock_message(p_message_id);
  if not handoff_private.is_leased(v_message, p_token) then
    return false;
  end if;
  v_reason := handoff_private.no_longer_holds(v_message);
  if v_reason is not null then
    perform handoff_private.cancel_message(p_message_id, v_reason);
    return false;
  elsif handoff_private.has_to_wait(v_message) then
    update handoff.outbox as o set lease_token = null, lease_until = null where o.message_id = p_message_id;
    return false;
  end if;
  update handoff.outbox as o
  set
    status = 'sending', attempts = o.attempts + 1,
    -- It was claimed with others, and they may have been slow.
    lease_until = case
      when o.profile_id is null then o.lease_until
      else greatest(o.lease_until, handoff.clock() + interval '3 minutes')
    end
  where o.message_id = p_message_id;
  return true;
end;
$$;

comment on function handoff.begin_sending(uuid, uuid) is
  'Says, before the first byte leaves, that it may; false when the lease has ended, or what the message tells '
  'holds no longer or has to wait: then nothing may leave.';
