-- Lock order: profile, reach.
-- Of who was forgotten nothing is kept, and the answer is the same: there is nothing to be seen of it.
create or replace function handoff.stop_mail(p_message_id uuid)
returns text
language plpgsql
volatile
security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_choice record;
begin
  select c.profile_id, c.kind into v_choice from handoff_private.choice_of_mail(p_message_id) as c;
  perform from handoff.profiles as p where p.id = v_choice.profile_id and p.erased_at is null for no key update;
  if found then
    insert into handoff.mail_preferences (profile_id, kind, stopped_at)
    values (v_choice.profile_id, v_choice.kind, handoff.clock())
    on conflict do nothing;
  end if;
  return v_choice.kind;
end;
$$;

comment on function handoff.stop_mail(uuid) is
  'For the shell, which has checked that the caller has the link of this mail: its receiver gets no more of its kind. '
  'Returns the kind, reminder or digest; null: no mail that can be stopped. A second call changes nothing.';
