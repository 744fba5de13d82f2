create or replace function handoff_private.sent_within(p_kind text)
returns interval
language sql
immutable
as $$
  select case p_kind
    when 'sign_in_link' then interval '15 minutes'
    when 'enroll_at_partner' then interval '14 days'
    when 'certificate_issued' then interval '30 days'
    when 'certificate_reissued' then interval '30 days'
    when 'certificate_revoked' then interval '30 days'
    when 'not_passed' then interval '3 days'
    when 'on_hold' then interval '3 days'
    when 'resumed' then interval '3 days'
    when 'reminder' then interval '3 days'
    when 'digest' then interval '1 day'
    when 'alert' then interval '1 day'
    when 'alert_webhook' then interval '1 day'
    else interval '7 days'
  end
$$;

comment on function handoff_private.sent_within(text) is
  'For how long a message of this kind is worth sending after what it tells of. Then it is cancelled, or dead when '
  'it was tried.';
