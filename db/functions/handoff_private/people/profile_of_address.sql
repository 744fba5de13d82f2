-- What an earlier version stored is found as it stands there; it goes before what it would be today.
create or replace function handoff_private.profile_of_address(p_address text)
returns uuid
language sql
stable
as $$
  select coalesce(p.merged_into, p.id)
  from handoff.profiles as p
  where p.email in (btrim(p_address), lower(btrim(p_address)), handoff_private.stored_address(p_address))
  order by p.email = btrim(p_address) desc, p.email = handoff_private.stored_address(p_address) desc nulls last
  limit 1
$$;

comment on function handoff_private.profile_of_address(text) is
  'The person with this address, as people type it; of a merged one the person who stays. Null: nobody.';
