-- A number is in the body alone, and goes with it.
create or replace function handoff_private.evidence_of(p_steps uuid[])
returns table (step_id uuid, receipt uuid, received_at timestamptz, event_type text, certificate_number text)
language sql
stable
as $$
  select e.step_id, e.receipt, e.received_at, e.event_type, n.number
  from handoff.partner_events as e
  cross join lateral (select handoff_private.parse_body(e.body) as doc) as b
  cross join lateral (
    select case when handoff_private.is_name(b.doc -> 'certificate_number', 100) then b.doc ->> 'certificate_number' end as number
  ) as n
  where e.step_id = any (p_steps) and e.status in ('accepted', 'ignored')
    and (e.reason = 'evidence' or n.number is not null)
  order by e.position
$$;

comment on function handoff_private.evidence_of(uuid[]) is
  'The evidence that partners sent for steps, and every certificate number that they gave, in order of receipt.';
