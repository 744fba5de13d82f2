-- Every enrollment, with its steps in their order.
select p.email, e.status, array_agg(s.status order by s.sequence_order) filter (where s.id is not null) as steps
from handoff.profiles as p
join handoff.enrollments as e on e.student_id = p.id
left join handoff.enrollment_steps as s on s.enrollment_id = e.id
group by p.email, e.id
