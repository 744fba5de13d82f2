create or replace function handoff.events_needing_attention()
returns table (
  receipt uuid,
  received_at timestamptz,
  partner_slug text,
  partner_name text,
  status text,
  reason text,
  event_type text,
  external_student_id text,
  sqlstate text
)
language sql
stable
set search_path = pg_catalog, pg_temp
as $$
  select
    n.receipt, n.received_at, p.slug, p.name, n.status, n.reason, n.event_type, n.external_student_id, n.error_code
  from (
    select e.receipt, e.received_at, e.partner_slug, e.status, e.reason, e.event_type, e.external_student_id, e.error_code
    from handoff.partner_events as e
    where e.status in ('parked', 'rejected')
    union all
    select c.receipt, c.received_at, e.partner_slug, 'conflict', 'key_reused', e.event_type, e.external_student_id, null
    from handoff.partner_event_conflicts as c
    join handoff.partner_events as e on e.receipt = c.receipt
  ) as n
  join handoff.partners as p on p.slug = n.partner_slug
  order by n.received_at desc, n.receipt
  limit 100
$$;

comment on function handoff.events_needing_attention() is 'Parked, rejected and conflicting deliveries, newest first, at most 100.';
