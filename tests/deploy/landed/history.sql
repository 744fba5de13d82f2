-- What a school has when it upgrades: a student under way, one who is through, an event that is parked, one rejected.
select handoff.create_profile('under.way@school.example', 'Under Way');
select handoff.create_profile('through@school.example', 'Through');
select handoff.enroll_student(p.id, 'medical-assistant') from handoff.profiles as p order by p.email;

select handoff.receive_partner_event(
  s.partner_slug, 'completes-' || s.id,
  convert_to(jsonb_build_object('event', t.event_type, 'student_id', p.id, 'passed', true)::text, 'UTF8')
)
from handoff.profiles as p
join handoff.enrollments as e on e.student_id = p.id
join handoff.enrollment_steps as s on s.enrollment_id = e.id
join lateral (
  select t.event_type
  from handoff.partner_event_types as t
  where t.partner_slug = s.partner_slug and t.meaning = 'completion'
  order by t.event_type
  limit 1
) as t on true
where p.email = 'through@school.example' or s.sequence_order = 1
order by p.email, s.sequence_order;
select handoff.receive_partner_event('hsi', 'of-nobody', '{"event": "course.completed", "student_id": "nobody"}');
select handoff.receive_partner_event('hsi', 'broken', '{');
