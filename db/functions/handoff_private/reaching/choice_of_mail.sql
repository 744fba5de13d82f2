create or replace function handoff_private.choice_of_mail(p_message_id uuid, out profile_id uuid, out kind text)
language sql
stable
as $$
  select coalesce(p.merged_into, p.id), o.kind
  from handoff.outbox as o
  join handoff.profiles as p on p.id = o.profile_id
  join handoff.profiles as w on w.id = coalesce(p.merged_into, p.id) and coalesce(o.mailed_to in (p.email, w.email), true)
  where o.message_id = p_message_id and o.kind in ('reminder', 'digest')
$$;

comment on function handoff_private.choice_of_mail(uuid) is
  'Who decides about mails of the kind of this one: its receiver, or the person that one was merged into. Nulls: it '
  'can''t be stopped, or went to an address that is not the person''s any more.';
