-- Two at the same time make one row: the second is told of the first.
create or replace function handoff_private.keep_possible_repeat(
  p_event handoff.partner_events, p_body bytea, p_channel text, p_context jsonb
)
returns handoff.event_receipt
language plpgsql
volatile
as $$
declare
  v_event handoff.partner_events;
begin
  insert into handoff.partner_events (
    partner_slug, event_key, repetition, channel, context, body, body_sha256, received_at, last_seen_at,
    status, reason, first_outcome, event_type, meaning, external_student_id, item_ref, partner_completed_at, student_id
  )
  select
    p_event.partner_slug, p_event.event_key, p_event.repetition + 1, p_channel, p_context, p_body, sha256(p_body),
    t.now, t.now, 'parked', 'possible_repeat', 'parked:possible_repeat', p_event.event_type, p_event.meaning,
    p_event.external_student_id, p_event.item_ref, p_event.partner_completed_at, p_event.student_id
  from (select handoff.clock() as now) as t
  on conflict (partner_slug, event_key, repetition) do nothing
  returning * into v_event;
  if not found then
    return handoff_private.receive_again(p_event.partner_slug, p_event.event_key, p_body, p_channel, p_context);
  end if;
  return handoff_private.receipt_of(v_event, v_event.status, v_event.reason);
end;
$$;

comment on function handoff_private.keep_possible_repeat(handoff.partner_events, bytea, text, jsonb) is
  'Parks a repeated body that could be a new completion: only a person can tell it from a retry.';
