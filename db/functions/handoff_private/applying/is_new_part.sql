-- That the part was not told before was decided; without a name it can't be known, and beyond the total there is none.
create or replace function handoff_private.is_new_part(p_event handoff.partner_events)
returns boolean
language sql
stable
as $$
  select p_event.item_ref is not null and coalesce(
    (
      select count(distinct e.item_ref)
      from handoff.partner_events as e
      where e.step_id = p_event.step_id and e.reason = 'progress' and e.event_type = p_event.event_type
        and e.receipt <> p_event.receipt
    ) < (
      select t.progress_total
      from handoff.partner_event_types as t
      where t.partner_slug = p_event.partner_slug and t.event_type = p_event.event_type
    ),
    true
  )
$$;

comment on function handoff_private.is_new_part(handoff.partner_events) is
  'True when the part, which is not known yet, is counted: it has a name, and the total is not reached.';
