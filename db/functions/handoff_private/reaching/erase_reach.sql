-- Lock order: reach.
-- The caller holds: profile, message.
-- After the messages: who notes a bounce holds its message, and finds no address there any more.
create or replace function handoff_private.erase_reach(p_person handoff_private.forgotten)
returns void
language plpgsql
volatile
as $$
begin
  delete from handoff.mail_suppressions as s where s.profile_id = any (p_person.ids) or s.address = any (p_person.addresses);
  delete from handoff.mail_preferences as m where m.profile_id = any (p_person.ids);
end;
$$;

comment on function handoff_private.erase_reach(handoff_private.forgotten) is
  'Takes the addresses of a person off the list of those that do not work, and what mails the person wants.';
