create or replace function handoff.event_notes(p_receipt uuid)
returns table (refused_field text, left_out text[], partner_completed_day_only boolean)
language sql
stable
set search_path = pg_catalog, pg_temp
as $$
  select e.refused_field, coalesce(e.left_out, '{}'), e.partner_completed_day_only
  from handoff.partner_events as e
  where e.receipt = p_receipt
$$;

comment on function handoff.event_notes(uuid) is
  'What reading noted of an event: the field for which it was rejected, the fields that were left out, and whether it '
  'named a day only. No row: unknown.';
