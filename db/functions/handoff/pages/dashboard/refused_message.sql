create or replace function handoff.refused_message(p_enrollment_id uuid)
returns table (
  message_id uuid,
  student_name text,
  student_email text,
  program_name text,
  partner_name text,
  http_status integer,
  detail text,
  attempts integer,
  settled_at timestamptz
)
language sql
stable
set search_path = pg_catalog, pg_temp
as $$
  select o.message_id, f.full_name, f.email, g.name, p.name, o.http_status, o.detail, o.attempts, o.settled_at
  from handoff.enrollment_steps as s
  join handoff.partner_answers as a on a.step_id = s.id and a.refused_at >= s.started_at
  join handoff.enrollments as e on e.id = s.enrollment_id
  join handoff.profiles as f on f.id = e.student_id
  join handoff.programs as g on g.slug = e.program_slug
  join handoff.partners as p on p.slug = s.partner_slug
  join handoff.outbox as o on o.step_id = s.id and o.enrollment_id = s.enrollment_id
  where s.enrollment_id = p_enrollment_id and s.status = 'in_progress' and o.kind = 'enroll_at_partner' and o.status = 'dead'
  order by o.start_number desc
  limit 1
$$;

comment on function handoff.refused_message(uuid) is
  'What the partner of an enrollment''s step in progress was told and did not take, with what it answered; none when '
  'nothing was refused.';
