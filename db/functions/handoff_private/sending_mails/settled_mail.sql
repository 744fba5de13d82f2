create or replace function handoff_private.settled_mail(p_mail handoff.outbox, p_result text, p_detail text)
returns handoff.outbox
language plpgsql
volatile
as $$
declare
  v_mail handoff.outbox := p_mail;
begin
  v_mail.detail := p_detail;
  if p_result in ('failed', 'unreachable') then
    v_mail.detail := coalesce(p_detail, p_result);
    v_mail.due_at := handoff.clock() + least(
      handoff_private.back_off(v_mail.attempts),
      case v_mail.kind when 'sign_in_link' then interval '20 seconds' else interval '1 hour' end
    );
    v_mail.status := case when v_mail.due_at < v_mail.expires_at then 'failed' else 'dead' end;
  else
    v_mail.status := case p_result when 'sent' then 'sent' when 'unknown' then 'unknown' else 'dead' end;
    v_mail.detail := coalesce(p_detail, nullif(p_result, 'sent'));
  end if;
  if v_mail.status <> 'failed' then
    v_mail.due_at := null;
    v_mail.settled_at := handoff.clock();
  end if;
  return v_mail;
end;
$$;

comment on function handoff_private.settled_mail(handoff.outbox, text, text) is
  'The mail as it is after a try that went so: sent, refused, in doubt, or to be tried again while that is worth it.';
