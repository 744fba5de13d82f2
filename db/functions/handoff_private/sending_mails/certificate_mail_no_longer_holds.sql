create or replace function handoff_private.certificate_mail_no_longer_holds(p_mail handoff.outbox)
returns text
language sql
stable
as $$
  select case
    when (handoff_private.certificate_state(c) = 'revoked') <> (p_mail.kind = 'certificate_revoked')
      or handoff_private.certificate_state(c) = 'replaced'
      then 'the certificate is ' || handoff_private.certificate_state(c)
  end
  from handoff.certificates as c
  where c.number = p_mail.facts ->> 'certificate'
$$;

comment on function handoff_private.certificate_mail_no_longer_holds(handoff.outbox) is
  'Why a mail about a certificate is not sent any more; null: the certificate is as the mail says.';
