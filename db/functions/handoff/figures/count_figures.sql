-- Reads every step, every enrollment and the whole trail: for what has no base to go on from, and to check one.
-- Without a person: done by the webhook's or the worker's role. What an admin or a DBA did counts as a human act.
create or replace function handoff.count_figures()
returns table (figure text, key text, cases bigint)
language sql
stable
set search_path = pg_catalog, pg_temp
as $$
  with course as materialized (
    select
      t.enrollment_id,
      bool_or(t.step_id is null and t.to_status = 'active' and t.from_status is distinct from 'on_hold') as is_activated,
      bool_or(t.cause = 'generated') as is_generated,
      bool_or(t.step_id is not null and t.to_status = 'in_progress' and t.cause = 'advanced') as is_started,
      min(t.id) filter (where t.step_id is not null and t.to_status = 'in_progress') as first_start,
      min(t.id) filter (where t.step_id is not null and t.to_status in ('completed', 'skipped')) as first_end
    from handoff.step_transitions as t
    group by t.enrollment_id
  ),
  rate as (
    select
      count(*) filter (where c.is_activated) as activated,
      count(*) filter (where c.is_activated and c.is_generated) as activated_generated,
      count(*) filter (where c.is_generated) as generated,
      count(*) filter (where c.is_generated and c.is_started) as generated_started
    from course as c
  ),
  moved as (
    select
      count(*) filter (where t.is_move) as moves,
      count(*) filter (where t.is_move and t.is_unaided) as unaided_moves,
      count(*) filter (where t.is_completion) as completions,
      count(*) filter (where t.is_completion and t.is_unaided and t.cause = 'partner_event') as detected
    from (
      select
        m.cause,
        m.actor_role in ('handoff_webhook', 'handoff_worker') as is_unaided,
        m.step_id is not null and m.to_status = 'completed' as is_completion,
        (m.step_id is not null and m.to_status = 'in_progress' and m.id <> c.first_start)
          or (m.step_id is null and m.to_status = 'completed') as is_move
      from handoff.step_transitions as m
      join course as c on c.enrollment_id = m.enrollment_id
    ) as t
  )
  select s.status, s.partner_slug, count(*)
  from handoff.enrollment_steps as s
  join handoff.enrollments as e on e.id = s.enrollment_id
  where s.status in ('completed', 'skipped') or e.status = 'active'
  group by s.status, s.partner_slug
  union all
  select 'enrollments', e.program_slug, count(*)
  from handoff.enrollments as e
  group by e.program_slug
  union all
  select 'enrollments_completed', e.program_slug, count(*)
  from handoff.enrollments as e
  where e.status = 'completed'
  group by e.program_slug
  union all
  select 'advanced', to_char(a.quarter at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI'), a.steps
  from (
    select date_bin('15 minutes', t.occurred_at, 'epoch') as quarter, count(*) as steps
    from handoff.step_transitions as t
    join course as c on c.enrollment_id = t.enrollment_id and t.id > c.first_end
    where t.step_id is not null and t.to_status = 'in_progress' and t.cause = 'advanced'
      and t.actor_role in ('handoff_webhook', 'handoff_worker')
    group by 1
  ) as a
  union all
  select f.figure, '', f.cases
  from rate as r
  cross join moved as m
  cross join lateral (
    values
      ('steps_generated.cases', r.activated), ('steps_generated.successes', r.activated_generated),
      ('first_steps_started.cases', r.generated), ('first_steps_started.successes', r.generated_started),
      ('transitions_without_a_person.cases', m.moves), ('transitions_without_a_person.successes', m.unaided_moves),
      ('completions_detected.cases', m.completions), ('completions_detected.successes', m.detected)
  ) as f (figure, cases)
  where f.cases > 0
$$;

comment on function handoff.count_figures() is
  'The figures of the dashboard, counted anew from all there is: slow. Steps by status and partner, enrollments by '
  'program, steps that started by themselves by quarter of an hour, and the rates.';
