create or replace function handoff.attention_counts()
returns table (status text, reason text, events bigint)
language sql
stable
set search_path = pg_catalog, pg_temp
as $$
  select e.status, e.reason, count(*)
  from handoff.partner_events as e
  where e.status in ('parked', 'rejected') and e.set_aside_at is null
  group by e.status, e.reason
  union all
  select 'conflict', 'key_reused', count(*)
  from handoff.partner_event_conflicts
  having count(*) > 0
  order by 1, 2
$$;

comment on function handoff.attention_counts() is 'How many deliveries are parked, rejected or in conflict, by reason.';
