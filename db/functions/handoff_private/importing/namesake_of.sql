-- A word that begins with = is a whole name, see words_of_person; it is cut, so the name is compared as well.
create or replace function handoff_private.namesake_of(p_full_name text, p_email text, p_not uuid[] default '{}')
returns uuid
language plpgsql
stable
as $$
declare
  v_key constant text := handoff_private.name_key(p_full_name);
begin
  return (
    select p.id
    from handoff.search_words as w
    join handoff.profiles as p on p.id = w.profile_id
    where w.word = left('=' || v_key, 100) and p.role = 'student' and p.email <> p_email and p.id <> all (p_not)
      and handoff_private.name_key(p.full_name) = v_key
    order by p.created_at, p.id
    limit 1
  );
end;
$$;

comment on function handoff_private.namesake_of(text, text, uuid[]) is
  'A student of the same name, without case, accents and order of its words, who has another address; null: nobody.';
