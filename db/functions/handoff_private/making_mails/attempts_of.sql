create or replace function handoff_private.attempts_of(p_step_id uuid, p_upto bigint)
returns integer
language sql
stable
as $$
  select count(*)::integer
  from handoff.partner_events as e
  join handoff.acts as a on a.event_receipt = e.receipt
  where e.step_id = p_step_id and a.act = 'attempt_failed' and a.id <= p_upto
$$;

comment on function handoff_private.attempts_of(uuid, bigint) is
  'How many failed attempts of a step were told up to an id of the audit trail.';
