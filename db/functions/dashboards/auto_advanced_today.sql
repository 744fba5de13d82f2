create or replace function handoff.auto_advanced_today()
returns integer
language sql
volatile
set search_path = pg_catalog, pg_temp
as $$
  select count(*)::integer
  from handoff.step_transitions as t
  where t.step_id is not null and t.to_status = 'in_progress' and t.cause = 'advanced'
    and t.actor_role in ('handoff_webhook', 'handoff_worker')
    and t.occurred_at >= (select date_trunc('day', handoff.clock(), 'UTC'))
$$;

comment on function handoff.auto_advanced_today() is 'Steps that started today (UTC) because the one before ended, without a person.';
