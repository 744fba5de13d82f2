-- Every start of a step at a partner that is told, with the message that tells of it; hours since the beginning.
select
  p.email, s.partner_slug, s.sequence_order - 1 as step, s.id::text as step_id, n.start_number, o.status, e.status as enrollment,
  extract(epoch from o.made_at - %(began)s)::float8 / 3600 as made,
  extract(epoch from o.settled_at - %(began)s)::float8 / 3600 as settled
from handoff.step_transitions as t
join handoff.enrollment_steps as s on s.id = t.step_id
join handoff.enrollments as e on e.id = s.enrollment_id
join handoff.profiles as p on p.id = e.student_id
join handoff.partners as q on q.slug = s.partner_slug and t.occurred_at >= q.enroll_url_since
cross join lateral handoff_private.starts_of(t.step_id, t.id) as n (start_number)
left join handoff.outbox as o
  on o.step_id = t.step_id and o.kind = 'enroll_at_partner' and o.start_number = n.start_number
where t.to_status = 'in_progress'
