-- Lock order: profile, enrollments, certificate.
create or replace function handoff_private.act_on_certificate(p_act text, p_number text, p_reason text)
returns text
language plpgsql
volatile
as $$
begin
  return case p_act
    when 'revoke' then handoff.revoke_certificate(p_number, p_reason)
    when 'reissue' then handoff.reissue_certificate(p_number, p_reason)
  end;
end;
$$;

comment on function handoff_private.act_on_certificate(text, text, text) is
  'Does to a certificate what an act names; returns what the function behind it returns.';
