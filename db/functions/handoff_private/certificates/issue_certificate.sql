-- Lock order: certificate.
-- The caller holds: enrollments.
-- The enrollment was just completed.
create or replace function handoff_private.issue_certificate(p_enrollment_id uuid)
returns void
language plpgsql
volatile
as $$
begin
  insert into handoff.certificates (
    number, enrollment_id, student_id, student_name, program_slug, program_name, enrolled_at, completed_at, issued_at,
    partners
  )
  select
    handoff_private.new_certificate_number(), e.id, e.student_id, p.full_name, g.slug, g.name, e.enrolled_at,
    e.completed_at, greatest(handoff.clock(), e.completed_at), handoff_private.completed_partners(e.id)
  from handoff.enrollments as e
  join handoff.profiles as p on p.id = e.student_id
  join handoff.programs as g on g.slug = e.program_slug
  where e.id = p_enrollment_id;
end;
$$;

comment on function handoff_private.issue_certificate(uuid) is
  'Writes the certificate with the names and dates of this moment.';
