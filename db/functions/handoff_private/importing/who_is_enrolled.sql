create or replace function handoff_private.who_is_enrolled(p_profile_id uuid, p_is_new boolean, p_full_name text)
returns text[]
language sql
stable
as $$
  select array_remove(array[
    case
      when p_is_new then p.full_name || ' is new here.'
      else 'This is the address of ' || p.full_name || case
        when handoff.words_asked(p.full_name) = handoff.words_asked(p_full_name) then '.'
        else ', whose name stays as it is.'
      end
    end,
    case when p_is_new then (
      select 'Somebody with this name is known already, as ' || o.email || '. Look whether it is the same person.'
      from handoff.profiles as o
      where o.id = handoff_private.namesake_of(p.full_name, p.email)
    ) end
  ], null)
  from handoff.profiles as p
  where p.id = p_profile_id
$$;

comment on function handoff_private.who_is_enrolled(uuid, boolean, text) is
  'Who is about to be enrolled, in sentences: new or known, and whether somebody else has the name.';
