-- Of what people must be mailed, and no mail was made.
with start as (
  select
    t.enrollment_id, t.step_id, t.id, row_number() over (partition by t.step_id order by t.id) as start_number,
    row_number() over (partition by t.enrollment_id order by t.id) as place
  from handoff.step_transitions as t
  where t.step_id is not null and t.to_status = 'in_progress'
)
select 'step_ready' as kind, s.step_id as subject
from start as s
where s.place > 1 and not exists (
  select from handoff.outbox as o where o.kind = 'step_ready' and o.step_id = s.step_id and o.start_number = s.start_number
)
union all
select 'enrolled or approved', s.enrollment_id
from start as s
where s.place = 1 and not exists (
  select from handoff.outbox as o where o.kind in ('enrolled', 'approved') and o.enrollment_id = s.enrollment_id
)
union all
select 'certificate_issued', c.enrollment_id
from handoff.certificates as c
where not exists (
  select from handoff.outbox as o where o.kind = 'certificate_issued' and o.enrollment_id = c.enrollment_id
)
union all
select o.kind || ' in time', o.enrollment_id
from handoff.outbox as o
where o.profile_id is not null and o.status = 'cancelled' and o.detail = 'expired'
  and exists (select from handoff.enrollment_steps as s where s.enrollment_id = o.enrollment_id)
