-- The caller holds: profile, enrollments.
-- A certificate is for ever, until it can be revoked.
create or replace function handoff_private.undo_completion(p_enrollment handoff.enrollments)
returns boolean
language plpgsql
stable
as $$
begin
  if p_enrollment.status = 'completed' then
    perform handoff_private.refuse_state(
      'enrollment', p_enrollment.id, p_enrollment.status, 'It has its certificate, which can''t be revoked.'
    );
  end if;
  return true;
end;
$$;

comment on function handoff_private.undo_completion(handoff.enrollments) is
  'Makes a completed enrollment active again; true when its steps can be opened then. TH409: it is certified.';
