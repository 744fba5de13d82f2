-- In the order of the index, so that a short beginning, which fits half of the school, is not read to its end.
create or replace function handoff.people_found(p_text text, p_limit integer default 200)
returns setof uuid
language plpgsql
stable
set search_path = pg_catalog, pg_temp
as $$
declare
  v_words constant text[] := handoff.words_asked(p_text);
begin
  return query
  select distinct f.profile_id
  from (
    select w.profile_id
    from handoff.search_words as w
    where w.word >= v_words[1] and w.word < v_words[1] || chr(1114111) and not exists (
      select
      from unnest(v_words[2 :]) as o (word)
      where not exists (
        select
        from handoff.search_words as x
        where x.profile_id = w.profile_id and starts_with(x.word, o.word)
      )
    )
    order by w.word, w.profile_id
    limit p_limit
  ) as f;
end;
$$;

comment on function handoff.people_found(text, integer) is
  'People of whom every word of the text begins a word of the name or the address; of many, those whose word comes '
  'first.';
