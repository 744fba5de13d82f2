create or replace function handoff.mail_choice(p_message_id uuid, out kind text, out is_stopped boolean)
language sql
stable
security definer
set search_path = pg_catalog, pg_temp
as $$
  select c.kind, exists (
    select from handoff.mail_preferences as m where m.profile_id = c.profile_id and m.kind = c.kind
  )
  from handoff_private.choice_of_mail(p_message_id) as c
  where c.kind is not null
$$;

comment on function handoff.mail_choice(uuid) is
  'For the shell, which has checked that the caller has the link of this mail: what kind it is, and whether its '
  'receiver wants no more of it. Nulls: no mail that can be stopped.';
