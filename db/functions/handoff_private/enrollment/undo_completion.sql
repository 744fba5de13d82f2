-- Lock order: certificate.
-- The caller holds: profile, enrollments.
-- Where another enrollment of the program is open, this one can't be: it stays completed, with its certificate revoked.
create or replace function handoff_private.undo_completion(p_enrollment handoff.enrollments)
returns boolean
language plpgsql
volatile
as $$
declare
  v_is_opened boolean;
begin
  if p_enrollment.status <> 'completed' then
    return true;
  end if;
  v_is_opened := handoff_private.open_enrollment_in_program(p_enrollment) is null;
  if v_is_opened then
    update handoff.enrollments as e set status = 'active', completed_at = null where e.id = p_enrollment.id;
  end if;
  perform handoff_private.revoke_valid_certificate(p_enrollment.id);
  return v_is_opened;
end;
$$;

comment on function handoff_private.undo_completion(handoff.enrollments) is
  'Revokes the certificate of a completed enrollment and makes it active again; true when its steps can be opened.';
