-- Lock order: account, profile, enrollments, event, steps, certificate, answer, message, breaker.
-- Only the holder of the lease settles; what somebody tells whose lease was given to another is counted, not acted on.
-- What the partner answered comes before the message, as in every other act; when the lease is lost meanwhile, all of
-- it is rolled back.
create or replace function handoff.settle_message(
  p_message_id uuid,
  p_token uuid,
  p_result text,
  p_http_status integer default null,
  p_detail text default null,
  p_retry_after interval default null,
  p_answer jsonb default '{}'
)
returns text
language plpgsql
volatile
security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_message handoff.outbox;
  v_detail  text := p_detail;
begin
  select o.* into v_message from handoff.outbox as o where o.message_id = p_message_id;
  if v_message.lease_token is distinct from p_token or v_message.status is distinct from 'sending' then
    update handoff.outbox as o set settled_late = o.settled_late + 1 where o.message_id = p_message_id;
    return 'late';
  end if;
  if p_result = 'sent' and v_message.step_id is not null then
    v_detail := handoff_private.accept_answer(v_message, p_answer, p_detail);
  end if;
  v_message := handoff_private.settled(v_message, p_result, p_http_status, v_detail, p_retry_after);
  if v_message.status = 'dead' and v_message.step_id is not null then
    insert into handoff.partner_answers as a (step_id, refused_at)
    values (v_message.step_id, v_message.settled_at)
    on conflict (step_id) do update set refused_at = excluded.refused_at;
  end if;
  perform from handoff_private.lock_message(p_message_id) as m where m.lease_token = p_token and m.status = 'sending';
  if not found then
    perform handoff_private.refuse_state('message', p_message_id, 'late', 'Another worker has it by now.');
  end if;
  update handoff.outbox as o
  set
    status = v_message.status, due_at = v_message.due_at, settled_at = v_message.settled_at,
    http_status = v_message.http_status, detail = v_message.detail, lease_token = null, lease_until = null
  where o.message_id = p_message_id;
  if v_message.status = 'sent' then
    perform handoff_private.tell_after_refusal(v_message);
  end if;
  if v_message.settled_at is not null then
    perform handoff_private.wake_mails(v_message.enrollment_id);
  end if;
  if v_message.partner_slug is not null and (p_result in ('sent', 'unreachable') or p_http_status is not null) then
    perform handoff_private.note_reached(v_message.partner_slug, p_result <> 'unreachable');
  end if;
  return v_message.status;
end;
$$;

comment on function handoff.settle_message(uuid, uuid, text, integer, text, interval, jsonb) is
  'How sending went: sent (with what the partner answered), refused for good, failed or unreachable for now. '
  'Returns the message''s status; late when somebody else has it by now.';
