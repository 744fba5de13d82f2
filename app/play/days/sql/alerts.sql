-- Every alert that ever was, with the student, the step, the partner and the person that it is about; hours since the
-- beginning.
select
  a.kind, a.about, p.email, s.sequence_order - 1 as step, coalesce(a.partner_slug, '') as partner,
  coalesce(w.full_name, '') as person,
  extract(epoch from a.opened_at - %(began)s)::float8 / 3600 as opened,
  extract(epoch from a.closed_at - %(began)s)::float8 / 3600 as closed
from handoff.alerts as a
left join handoff.enrollments as e on e.id = a.enrollment_id
left join handoff.profiles as p on p.id = e.student_id
left join handoff.profiles as w on w.id = a.profile_id
left join handoff.enrollment_steps as s on s.id = a.step_id
order by a.opened_at
