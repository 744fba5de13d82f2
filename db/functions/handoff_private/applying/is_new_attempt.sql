-- Its item and time are its second identity. One without a time can't be known again.
create or replace function handoff_private.is_new_attempt(p_event handoff.partner_events)
returns boolean
language sql
stable
as $$
  select not exists (
    select
    from handoff.partner_events as e
    where e.step_id = p_event.step_id and e.reason = 'attempt_failed' and e.item_ref is not distinct from p_event.item_ref
      and e.partner_completed_at = p_event.partner_completed_at and e.receipt <> p_event.receipt
  )
$$;

comment on function handoff_private.is_new_attempt(handoff.partner_events) is
  'True when the failed attempt was not told of its step under another key.';
