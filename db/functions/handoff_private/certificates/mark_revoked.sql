-- Lock order: certificate.
-- The caller holds: enrollments.
create or replace function handoff_private.mark_revoked(p_certificate handoff.certificates)
returns void
language plpgsql
volatile
as $$
begin
  update handoff.certificates as c
  set revoked_at = greatest(handoff.clock(), c.issued_at)
  where c.number = p_certificate.number;
  perform handoff_private.record_act(
    p_enrollment_id => p_certificate.enrollment_id, p_certificate_number => p_certificate.number,
    p_act => 'certificate_revoked'
  );
end;
$$;

comment on function handoff_private.mark_revoked(handoff.certificates) is
  'Marks a valid certificate revoked, and notes the act.';
