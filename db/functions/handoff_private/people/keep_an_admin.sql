-- Lock order: profile.
-- All admins are locked, in order of id: two who take each other's access at the same time follow each other.
create or replace function handoff_private.keep_an_admin(p_profile_id uuid)
returns void
language plpgsql
volatile
as $$
begin
  if not exists (select from handoff.profiles as p where p.id = p_profile_id and p.role = 'admin') then
    return;
  end if;
  perform from handoff.profiles as p where p.role = 'admin' order by p.id for no key update;
  if not exists (
    select
    from handoff.profiles as p
    where p.role = 'admin' and p.disabled_at is null and p.id <> p_profile_id
  ) then
    perform handoff_private.refuse_state('profile', p_profile_id, 'last admin', 'Make another admin first.');
  end if;
end;
$$;

comment on function handoff_private.keep_an_admin(uuid) is 'TH409 when this person is the last admin who can sign in.';
