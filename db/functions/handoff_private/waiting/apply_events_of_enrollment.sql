-- Lock order: account, profile, enrollments, event, steps, certificate.
-- The caller holds profile and enrollments of the student.
create or replace function handoff_private.apply_events_of_enrollment(p_enrollment_id uuid, p_reason text)
returns integer
language plpgsql
volatile
as $$
begin
  return handoff_private.apply_parked_events(
    array(
      select e.receipt
      from handoff.partner_events as e
      where e.enrollment_id = p_enrollment_id and e.status = 'parked' and e.reason = p_reason
    ),
    (select e.student_id from handoff.enrollments as e where e.id = p_enrollment_id)
  );
end;
$$;

comment on function handoff_private.apply_events_of_enrollment(uuid, text) is
  'Applies the events that were parked for this reason on this enrollment; returns how many are not parked any more.';
