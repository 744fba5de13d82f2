"""The dashboard's figures as a plain count of what is there: what they were before there was a base to go on from."""

from __future__ import annotations

from typing import Any

import psycopg

# Each as the function that shows it returns it.
COUNTED = {
    "partner_pipeline": """
select
  p.slug, p.name, p.status, p.signature_scheme, n.pending, n.in_progress, n.completed, n.failed, n.skipped,
  round(100.0 * n.completed / nullif(n.pending + n.in_progress + n.completed + n.failed + n.skipped, 0), 2)
from handoff.partners as p
cross join lateral (
  select
    (count(*) filter (where s.status = 'pending' and e.status = 'active'))::integer as pending,
    (count(*) filter (where s.status = 'in_progress' and e.status = 'active'))::integer as in_progress,
    (count(*) filter (where s.status = 'completed'))::integer as completed,
    (count(*) filter (where s.status = 'failed' and e.status = 'active'))::integer as failed,
    (count(*) filter (where s.status = 'skipped'))::integer as skipped
  from handoff.enrollment_steps as s
  join handoff.enrollments as e on e.id = s.enrollment_id
  where s.partner_slug = p.slug
) as n
order by p.name
""",
    "program_rates": """
select
  g.slug, g.name, count(*)::integer, (count(*) filter (where e.status = 'completed'))::integer,
  round(100.0 * count(*) filter (where e.status = 'completed') / count(*), 2) as rate
from handoff.enrollments as e
join handoff.programs as g on g.slug = e.program_slug
group by g.slug, g.name
order by rate desc, g.name
""",
    "automation_rates": """
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
""",
    "auto_advanced_today": """
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
""",
}
SHOWN = {
    "partner_pipeline": "select f.* from handoff.partner_pipeline() as f",
    "program_rates": "select f.* from handoff.program_rates() as f",
    "automation_rates": "select f.* from handoff.automation_rates() as f",
    "auto_advanced_today": "select f.* from handoff.auto_advanced_today() as f",
}
Figures = dict[str, list[tuple[Any, ...]]]


def as_of(db: psycopg.Connection[Any]) -> str | None:
    """The time of the figures that are shown, where they are not of now."""
    row = db.execute("select f ->> 'as_of' from handoff.figures_now() as f").fetchone()
    return row[0] if row else None


def shown(db: psycopg.Connection[Any]) -> Figures:
    """What the functions of the dashboard return."""
    return {name: db.execute(statement.encode()).fetchall() for name, statement in SHOWN.items()}


def counted(db: psycopg.Connection[Any]) -> Figures:
    """What they have to return."""
    return {name: db.execute(statement.encode()).fetchall() for name, statement in COUNTED.items()}
