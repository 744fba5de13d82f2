create or replace function handoff_private.certificate_state(p_certificate handoff.certificates)
returns text
language sql
immutable
as $$
  select case
    when p_certificate.revoked_at is not null then 'revoked'
    when p_certificate.replaced_at is not null then 'replaced'
    else 'valid'
  end
$$;

comment on function handoff_private.certificate_state(handoff.certificates) is 'valid, revoked or replaced.';
