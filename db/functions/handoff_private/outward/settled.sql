create or replace function handoff_private.settled(
  p_message handoff.outbox, p_result text, p_http_status integer, p_detail text, p_retry_after interval
)
returns handoff.outbox
language plpgsql
volatile
as $$
declare
  v_message handoff.outbox := p_message;
begin
  v_message.http_status := p_http_status;
  v_message.detail := p_detail;
  v_message.due_at := null;
  v_message.settled_at := handoff.clock();
  if p_result = 'sent' then
    v_message.status := 'sent';
    return v_message;
  end if;
  v_message.detail := coalesce(p_detail, p_result);
  if p_result = 'refused' then
    v_message.status := 'dead';
    return v_message;
  end if;
  v_message.due_at := handoff.clock() + greatest(p_retry_after, handoff_private.back_off(p_message.attempts));
  if v_message.due_at >= p_message.expires_at then
    v_message.status := 'dead';
    v_message.due_at := null;
    return v_message;
  end if;
  v_message.status := 'failed';
  v_message.settled_at := null;
  return v_message;
end;
$$;

comment on function handoff_private.settled(handoff.outbox, text, integer, text, interval) is
  'The message as it is after a try that went so: sent, refused, or to be tried again while that is worth it.';
