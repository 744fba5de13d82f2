-- Lock order: certificate.
-- The caller holds: profile, enrollments.
-- The enrollment is completed, and one of its steps is about to be opened again.
create or replace function handoff_private.reactivate_enrollment(p_enrollment handoff.enrollments)
returns void
language plpgsql
volatile
as $$
declare
  v_certificate handoff.certificates;
begin
  if exists (
    select
    from handoff.enrollments as e
    where e.student_id = p_enrollment.student_id and e.program_slug = p_enrollment.program_slug
      and e.status in ('pending', 'active', 'on_hold')
  ) then
    perform handoff_private.refuse_state(
      'enrollment', p_enrollment.id, p_enrollment.status, 'The student has another enrollment in the program that is open.'
    );
  end if;
  update handoff.enrollments as e set status = 'active', completed_at = null where e.id = p_enrollment.id;
  for v_certificate in
    select c.*
    from handoff.certificates as c
    where c.enrollment_id = p_enrollment.id and c.revoked_at is null and c.replaced_at is null
  loop
    perform handoff_private.continue_act('certificate_revoked');
    perform handoff_private.mark_revoked(v_certificate);
    perform handoff_private.continue_act('reopened');
  end loop;
end;
$$;

comment on function handoff_private.reactivate_enrollment(handoff.enrollments) is
  'Makes a completed enrollment active again and revokes its certificate. TH409 when another of the program is open.';
