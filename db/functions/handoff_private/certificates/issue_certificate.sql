-- Lock order: certificate.
-- The caller holds: enrollments.
-- The enrollment was just completed.
create or replace function handoff_private.issue_certificate(p_enrollment_id uuid)
returns void
language plpgsql
volatile
as $$
declare
  v_now constant timestamptz := handoff.clock();
begin
  insert into handoff.certificates (
    number, enrollment_id, student_id, student_name, program_slug, program_name, enrolled_at, completed_at, issued_at,
    partners, time_zone, school_name, school_address, signatory
  )
  select
    handoff_private.new_certificate_number(), e.id, e.student_id, case when p.erased_at is null then p.full_name end, g.slug,
    g.name, e.enrolled_at, t.completed_at, i.issued_at, t.partners, coalesce(c.time_zone, 'UTC'), c.name, c.address, c.signatory
  from handoff.enrollments as e
  join handoff.profiles as p on p.id = e.student_id
  join handoff.programs as g on g.slug = e.program_slug
  left join handoff.school as c on true
  cross join lateral (select greatest(v_now, e.completed_at) as issued_at) as i
  cross join lateral handoff_private.completed_training(e.id, i.issued_at) as t
  where e.id = p_enrollment_id;
end;
$$;

comment on function handoff_private.issue_certificate(uuid) is
  'Writes the certificate with the names and dates of this moment; of who was forgotten without a name.';
