-- Lock order: reach.
-- The caller holds: profile.
create or replace function handoff_private.merge_reach(p_from uuid, p_into uuid)
returns void
language plpgsql
volatile
as $$
begin
  update handoff.mail_suppressions as s set profile_id = p_into where s.profile_id = p_from;
  insert into handoff.mail_preferences (profile_id, kind, stopped_at)
  select p_into, m.kind, m.stopped_at from handoff.mail_preferences as m where m.profile_id = p_from
  on conflict do nothing;
  delete from handoff.mail_preferences as m where m.profile_id = p_from;
end;
$$;

comment on function handoff_private.merge_reach(uuid, uuid) is
  'What one of two people who are made one did not want, the other does not want either.';
