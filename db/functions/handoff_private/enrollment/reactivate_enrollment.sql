-- Lock order: certificate.
-- The caller holds: profile, enrollments.
-- The enrollment is completed, and one of its steps is about to be opened again.
create or replace function handoff_private.reactivate_enrollment(p_enrollment handoff.enrollments)
returns void
language plpgsql
volatile
as $$
begin
  if handoff_private.open_enrollment_in_program(p_enrollment) is not null then
    perform handoff_private.refuse_state(
      'enrollment', p_enrollment.id, p_enrollment.status, 'The student has another enrollment in the program that is open.'
    );
  end if;
  perform handoff_private.undo_completion(p_enrollment);
end;
$$;

comment on function handoff_private.reactivate_enrollment(handoff.enrollments) is
  'Makes a completed enrollment active again and revokes its certificate. TH409 when another of the program is open.';
