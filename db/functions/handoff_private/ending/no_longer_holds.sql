create or replace function handoff_private.no_longer_holds(p_message handoff.outbox)
returns text
language sql
volatile
as $$
  select case
    when p_message.profile_id is not null then handoff_private.mail_no_longer_holds(p_message)
    when p_message.expires_at <= handoff.clock() then 'expired'
    when p_message.step_id is not null then handoff_private.request_no_longer_holds(p_message)
  end
$$;

comment on function handoff_private.no_longer_holds(handoff.outbox) is
  'Why nobody needs to be told any more; null: the message still holds.';
