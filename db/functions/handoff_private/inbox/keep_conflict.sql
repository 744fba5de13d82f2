-- Lock order: profile, event.
-- The row of the conflict is what is locked: a retry of the same conflict ends in the same row. One that shows only
-- when its event is stored locks a profile behind another; it may meet a deadlock, and the sender sends again.
create or replace function handoff_private.keep_conflict(p_known handoff.partner_events, p_event handoff.partner_events)
returns handoff.event_receipt
language plpgsql
volatile
as $$
declare
  v_kept handoff.partner_events := p_event;
begin
  perform handoff_private.lock_named(p_known.student_id, p_known.partner_slug, p_event.body);
  v_kept.student_id := (select p.id from handoff.profiles as p where p.id = p_known.student_id and p.erased_at is not null);
  v_kept := handoff_private.without_erased(v_kept);
  insert into handoff.partner_event_conflicts as c (
    receipt, body_sha256, body, channel, context, received_at, last_seen_at
  )
  values (
    p_known.receipt, coalesce(p_event.body_sha256, sha256(p_event.body)), v_kept.body, p_event.channel, v_kept.context,
    p_event.received_at, p_event.received_at
  )
  on conflict (receipt, body_sha256) do update
  set seen = c.seen + 1, last_seen_at = greatest(excluded.last_seen_at, c.last_seen_at);
  return (p_known.receipt, 'conflict', 'key_reused', null, null, null)::handoff.event_receipt;
end;
$$;

comment on function handoff_private.keep_conflict(handoff.partner_events, handoff.partner_events) is
  'Keeps a delivery that reuses a key with another body, apart from the event that has the key.';
