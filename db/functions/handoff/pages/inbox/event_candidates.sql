create or replace function handoff.event_candidates(p_receipt uuid)
returns table (
  step_id uuid,
  program_name text,
  enrolled_at timestamptz,
  enrollment_status text,
  sequence_order integer,
  course_ref text,
  step_status text
)
language sql
stable
set search_path = pg_catalog, pg_temp
as $$
  select s.id, g.name, n.enrolled_at, n.status, s.sequence_order, s.course_ref, s.status
  from handoff.partner_events as e
  left join handoff.partner_accounts as a
    on a.partner_slug = e.partner_slug and a.external_student_id = e.external_student_id
  join handoff.enrollments as n on n.student_id = coalesce(e.student_id, a.student_id)
  join handoff.enrollment_steps as s on s.enrollment_id = n.id and s.partner_slug = e.partner_slug
  join handoff.programs as g on g.slug = n.program_slug
  where e.receipt = p_receipt
  order by n.enrolled_at desc, n.id, s.sequence_order
$$;

comment on function handoff.event_candidates(uuid) is
  'The steps to which an admin can assign an event: those of its student with its partner, newest enrollment first.';
