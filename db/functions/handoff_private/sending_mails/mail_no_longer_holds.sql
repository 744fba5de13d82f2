create or replace function handoff_private.mail_no_longer_holds(p_mail handoff.outbox)
returns text
language sql
volatile
as $$
  select coalesce(
    case when p_mail.expires_at <= handoff.clock() then 'expired' end,
    handoff_private.mail_refusal(handoff_private.recipient_of(p_mail), p_mail.kind),
    case
      when p_mail.kind = 'sign_in_link' then handoff_private.link_no_longer_holds((p_mail.facts ->> 'link')::uuid)
      when starts_with(p_mail.kind, 'certificate_') then handoff_private.certificate_mail_no_longer_holds(p_mail)
      when p_mail.step_id is not null then handoff_private.step_mail_no_longer_holds(p_mail)
      when p_mail.enrollment_id is not null then handoff_private.enrollment_mail_no_longer_holds(p_mail)
    end
  )
$$;

comment on function handoff_private.mail_no_longer_holds(handoff.outbox) is
  'Why a mail is not sent any more; null: what it tells still holds.';
