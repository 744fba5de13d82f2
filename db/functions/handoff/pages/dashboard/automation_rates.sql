-- Without a person: done by the webhook's or the worker's role. What an admin or a DBA did counts as a human act.
create or replace function handoff.automation_rates()
returns table (measure text, cases bigint, successes bigint, rate numeric)
language sql
stable
set search_path = pg_catalog, pg_temp
as $$
  with trail as (
    select
      t.*,
      t.actor_role in ('handoff_webhook', 'handoff_worker') as unaided,
      t.step_id is not null and t.to_status = 'in_progress' as is_start
    from handoff.step_transitions as t
  ),
  per_enrollment as (
    select
      t.enrollment_id,
      bool_or(t.step_id is null and t.to_status = 'active' and t.from_status is distinct from 'on_hold') as activated,
      bool_or(t.cause = 'generated') as generated,
      min(t.id) filter (where t.is_start) as first_start,
      bool_or(t.is_start and t.cause = 'advanced') as started
    from trail as t
    group by t.enrollment_id
  ),
  counted (place, measure, cases, successes) as (
    select 1, 'steps_generated', count(*), count(*) filter (where p.generated)
    from per_enrollment as p
    where p.activated
    union all
    select 2, 'first_steps_started', count(*), count(*) filter (where p.started)
    from per_enrollment as p
    where p.generated
    union all
    select 3, 'transitions_without_a_person', count(*), count(*) filter (where t.unaided)
    from trail as t
    join per_enrollment as p on p.enrollment_id = t.enrollment_id
    where (t.is_start and t.id <> p.first_start) or (t.step_id is null and t.to_status = 'completed')
    union all
    select 4, 'completions_detected', count(*), count(*) filter (where t.unaided and t.cause = 'partner_event')
    from trail as t
    where t.step_id is not null and t.to_status = 'completed'
  )
  select c.measure, c.cases, c.successes, round(100.0 * c.successes / nullif(c.cases, 0), 2)
  from counted as c
  order by c.place
$$;

comment on function handoff.automation_rates() is
  'How much of the work is done with nobody in between, from the audit trail, with the number of cases; the rate is '
  'null without cases.';
