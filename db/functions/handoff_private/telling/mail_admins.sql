-- Lock order: message.
create or replace function handoff_private.mail_admins(p_kind text, p_key text, p_facts jsonb)
returns void
language sql
volatile
as $$
  select handoff_private.queue_mail(p_kind, p.id, concat_ws(':', p_kind, p.id, p_key), p_facts => p_facts)
  from handoff.profiles as p
  where p.role = 'admin' and p.disabled_at is null
  order by p.id
$$;

comment on function handoff_private.mail_admins(text, text, jsonb) is
  'Mails every admin who has access, each once under the key.';
