create or replace function handoff.event_evidence(p_receipt uuid)
returns table (receipt uuid, received_at timestamptz, event_type text, certificate_number text)
language plpgsql
stable
security definer
set search_path = pg_catalog, pg_temp
as $$
begin
  perform handoff_private.require_admin();
  return query
  select v.receipt, v.received_at, v.event_type, v.certificate_number
  from handoff_private.evidence_of(array(
    select e.step_id from handoff.partner_events as e where e.receipt = p_receipt and e.step_id is not null
  )) as v;
end;
$$;

comment on function handoff.event_evidence(uuid) is
  'The evidence and the certificate numbers that stand with the step of an event, in order of receipt. TH403.';
