create or replace function handoff_private.is_credited(p_event handoff.partner_events)
returns boolean
language sql
stable
set search_path = pg_catalog, pg_temp
as $$
  select p_event.partner_completed_at is not null and coalesce(p_event.passed, true) and exists (
    select
    from handoff.partner_events as e
    where e.student_id = p_event.student_id and e.partner_slug = p_event.partner_slug
      and e.reason in ('completed', 'completed_early') and e.item_ref is not distinct from p_event.item_ref
      and e.partner_completed_at = p_event.partner_completed_at and e.receipt <> p_event.receipt
  )
$$;

comment on function handoff_private.is_credited(handoff.partner_events) is
  'The second identity of a completion: same partner, student, item and time, under another key.';
