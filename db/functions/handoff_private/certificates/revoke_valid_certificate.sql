-- Lock order: certificate.
-- The caller holds: enrollments.
create or replace function handoff_private.revoke_valid_certificate(p_enrollment_id uuid)
returns void
language plpgsql
volatile
as $$
declare
  v_certificate handoff.certificates;
begin
  select c.*
  into v_certificate
  from handoff.certificates as c
  where c.enrollment_id = p_enrollment_id and c.revoked_at is null and c.replaced_at is null;
  if found then
    perform handoff_private.mark_revoked(v_certificate);
  end if;
end;
$$;

comment on function handoff_private.revoke_valid_certificate(uuid) is
  'Revokes the one certificate of an enrollment that is valid, if any, as part of the act that was begun.';
