create or replace function handoff_private.is_in_doubt(p_message handoff.outbox)
returns boolean
language sql
stable
as $$
  select p_message.profile_id is not null and p_message.kind <> 'sign_in_link'
    and coalesce(p_message.expires_at - handoff_private.sent_within(p_message.kind) < h.doubts_before, false)
  from handoff.home as h
$$;

comment on function handoff_private.is_in_doubt(handoff.outbox) is
  'Whether a mail tells of something that was before the database was restored: it may have been sent already. A '
  'sign-in link is asked for again and again.';
