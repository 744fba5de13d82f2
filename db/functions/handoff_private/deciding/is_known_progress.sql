create or replace function handoff_private.is_known_progress(p_event handoff.partner_events, p_step_id uuid)
returns boolean
language sql
stable
as $$
  select p_event.item_ref is not null and exists (
    select
    from handoff.partner_events as e
    where e.step_id = p_step_id and e.reason = 'progress' and e.event_type = p_event.event_type
      and e.item_ref = p_event.item_ref and e.receipt <> p_event.receipt
  )
$$;

comment on function handoff_private.is_known_progress(handoff.partner_events, uuid) is
  'True when this part of the step was reported before.';
