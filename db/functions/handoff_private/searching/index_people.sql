-- Lock order: words.
create or replace function handoff_private.index_people()
returns integer
language sql
volatile
as $$
  with added as (
    insert into handoff.search_words (word, profile_id)
    select w.word, p.id
    from handoff.profiles as p
    cross join lateral handoff_private.words_of_person(p.full_name, p.email) as w (word)
    where p.merged_into is null and p.erased_at is null
      and not exists (select from handoff.search_words as o where o.profile_id = p.id)
    on conflict do nothing
    returning profile_id
  )
  select count(distinct a.profile_id)::integer from added as a
$$;

comment on function handoff_private.index_people() is
  'Makes the words of everybody who has none, after an upgrade; returns of how many people. A deploy calls it.';
