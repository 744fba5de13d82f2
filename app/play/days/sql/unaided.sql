-- Hand-overs to a next step and enrollments that were completed, and what set them off where it was a person's act.
with first_start as (
  select t.enrollment_id, min(t.id) as id
  from handoff.step_transitions as t
  where t.step_id is not null and t.to_status = 'in_progress'
  group by t.enrollment_id
)
select
  t.actor_role in ('handoff_webhook', 'handoff_worker') as is_unaided, t.cause, count(*) as transitions
from handoff.step_transitions as t
left join first_start as f on f.enrollment_id = t.enrollment_id
where (t.step_id is not null and t.to_status = 'in_progress' and t.id <> f.id)
  or (t.step_id is null and t.to_status = 'completed')
group by 1, 2
