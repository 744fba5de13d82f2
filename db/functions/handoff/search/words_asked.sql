-- The longest first: it leads to the fewest people.
create or replace function handoff.words_asked(p_text text)
returns text[]
language sql
immutable
security definer
set search_path = pg_catalog, pg_temp
as $$
  select coalesce((array_agg(w.word order by length(w.word) desc, w.word))[: 8], '{}')
  from (
    select distinct left(p.word, 100) as word
    from regexp_split_to_table(handoff.search_form(p_text), ' ') as t (token)
    cross join lateral (
      select t.token where position('@' in t.token) > 0
      union all
      select regexp_split_to_table(replace(t.token, '''', ''), handoff_private.between_words())
      where position('@' in t.token) = 0
    ) as p (word)
    where p.word <> ''
  ) as w
$$;

comment on function handoff.words_asked(text) is
  'The words of what somebody looks for, eight at most, each the beginning of one of words_of_person.';
