-- Lock order: reach.
create or replace function handoff.resume_mail(p_message_id uuid)
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
  delete from handoff.mail_preferences as m where m.profile_id = v_choice.profile_id and m.kind = v_choice.kind;
  return v_choice.kind;
end;
$$;

comment on function handoff.resume_mail(uuid) is
  'What stop_mail did is taken back. Returns the kind, reminder or digest; null: no mail that can be stopped.';
