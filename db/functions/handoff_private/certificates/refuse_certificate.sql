create or replace function handoff_private.refuse_certificate(p_certificate handoff.certificates, p_hint text)
returns void
language plpgsql
immutable
as $$
begin
  raise exception using
    errcode = 'TH409',
    message = 'not possible in this state',
    detail = jsonb_build_object(
      'certificate_id', p_certificate.number, 'status', handoff_private.certificate_state(p_certificate)
    )::text,
    hint = p_hint;
end;
$$;

comment on function handoff_private.refuse_certificate(handoff.certificates, text) is
  'Raises TH409: what was asked makes no sense for a certificate in this state.';
