-- Here a part of the name is enough: the reason may have another spelling of it.
create or replace function handoff_private.erased_reason(p_person handoff_private.forgotten, p_reason text)
returns text
language sql
stable
as $$
  select case
    when handoff_private.comparable(p_reason) ~ concat_ws('|', handoff_private.person_pattern(p_person), (
      select handoff_private.name_pattern(array_agg(w.word))
      from unnest(p_person.names) as n (name)
      cross join lateral regexp_split_to_table(n.name, '[[:space:]]+') as w (word)
      where length(w.word) > 2
    )) then '(erased)'
    else p_reason
  end
$$;

comment on function handoff_private.erased_reason(handoff_private.forgotten, text) is
  'The reason why a person is forgotten, unless it names the person.';
