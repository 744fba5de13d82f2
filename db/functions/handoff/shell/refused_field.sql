create or replace function handoff.refused_field(p_receipt uuid)
returns text
language sql
stable
security definer
set search_path = pg_catalog, pg_temp
as $$ select e.refused_field from handoff.partner_events as e where e.receipt = p_receipt $$;

comment on function handoff.refused_field(uuid) is
  'The field for which an event was rejected, for the answer to its sender; null when it was for none.';
