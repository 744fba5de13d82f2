-- Lock order: certificate.
-- The caller holds: profile, enrollments.
-- Where another enrollment of the program is open, this one can't be: it stays completed, with its certificate revoked.
create or replace function handoff_private.undo_completion(p_enrollment handoff.enrollments)
returns boolean
language plpgsql
volatile
as $$
declare
  v_certificate handoff.certificates;
begin
  if p_enrollment.status <> 'completed' then
    return true;
  elsif not exists (
    select
    from handoff.enrollments as e
    where e.student_id = p_enrollment.student_id and e.program_slug = p_enrollment.program_slug
      and e.status in ('pending', 'active', 'on_hold')
  ) then
    perform handoff_private.reactivate_enrollment(p_enrollment);
    perform handoff_private.continue_act('unlinked');
    return true;
  end if;
  for v_certificate in
    select c.*
    from handoff.certificates as c
    where c.enrollment_id = p_enrollment.id and c.revoked_at is null and c.replaced_at is null
  loop
    perform handoff_private.continue_act('certificate_revoked');
    perform handoff_private.mark_revoked(v_certificate);
    perform handoff_private.continue_act('unlinked');
  end loop;
  return false;
end;
$$;

comment on function handoff_private.undo_completion(handoff.enrollments) is
  'Revokes the certificate of a completed enrollment and makes it active again; true when its steps can be opened.';
