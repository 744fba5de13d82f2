-- D'Angelo is looked for as dangelo, angelo and d angelo; an address as a whole, by what stands before the @, and by
-- any part of it. No word that is looked for begins with =: that one is the whole name, for namesake_of.
create or replace function handoff_private.words_of_person(p_full_name text, p_email text)
returns setof text
language sql
immutable
as $$
  select distinct left(w.word, 100)
  from (select handoff.search_form(p_full_name) as name, handoff.search_form(p_email) as email) as f
  cross join lateral (
    select regexp_split_to_table(t.text, handoff_private.between_words())
    from (values (replace(f.name, '''', '')), (replace(f.name, '''', ' ')), (replace(f.email, '''', ''))) as t (text)
    union all
    select f.email
    union all
    select split_part(f.email, '@', 2)
    union all
    select '=' || handoff_private.name_key(p_full_name)
  ) as w (word)
  where w.word <> ''
$$;

comment on function handoff_private.words_of_person(text, text) is
  'The words by which a person with this name and address is found, see words_asked.';
