-- Lock order: profile, enrollments, certificate.
create or replace function handoff.revoke_certificate(p_number text, p_reason text)
returns text
language plpgsql
volatile
security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_certificate handoff.certificates;
begin
  perform handoff_private.require_admin();
  perform handoff_private.begin_act('certificate_revoked', handoff_private.require_reason(p_reason));
  v_certificate := handoff_private.lock_certificate(p_number);
  if v_certificate.replaced_at is not null then
    perform handoff_private.refuse_certificate(v_certificate, 'Revoke the certificate that replaced it.');
  elsif v_certificate.revoked_at is null then
    perform handoff_private.mark_revoked(v_certificate);
  end if;
  return 'revoked';
end;
$$;

comment on function handoff.revoke_certificate(text, text) is
  'Revokes a certificate for good; the enrollment stays as it is. Returns the state. TH403, TH404, TH409.';
