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
    and t.occurred_at >= (
      select date_trunc('day', handoff.clock(), coalesce((select s.time_zone from handoff.school as s), 'UTC'))
    )
    and exists (
      select
      from handoff.step_transitions as b
      where b.enrollment_id = t.enrollment_id and b.id < t.id and b.step_id is not null
        and b.to_status in ('completed', 'skipped')
    )
$$;

comment on function handoff.auto_advanced_today() is
  'Steps that started today, by the school''s time, because the one before ended, without a person.';
