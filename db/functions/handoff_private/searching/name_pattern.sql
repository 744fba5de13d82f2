-- Whole words, in the order that is stored or turned round ("Quux, Zebulon"); or first and last name as two values of a
-- body. A key of a body is none. A short name is none when nothing is between its words: Will Ing is not willing.
create or replace function handoff_private.name_pattern(p_names text[])
returns text
language sql
immutable
as $$
  select string_agg(distinct o.pattern, '|')
  from handoff_private.edges() as e
  cross join unnest(p_names) as p (name)
  -- Four Han signs at most without a space are a family name of one sign, and the other name.
  cross join lateral regexp_replace(
    handoff_private.comparable(p.name), $re$^([\u3400-\u9fff])([\u3400-\u9fff]{1,3})\Z$re$, $re$\1 \2$re$
  ) as f (name)
  cross join lateral array_remove(regexp_split_to_array(f.name, e.gap || '+'), '') as w (words)
  cross join lateral (
    select e.gap || case when length(f.name) < 9 and f.name ~ $re$[a-z\u0080-\u0dff]$re$ then '+' else '*' end as between
  ) as g
  cross join lateral generate_series(1, cardinality(w.words)) as k (first)
  cross join lateral (
    select
      array_to_string(w.words[: k.first], g.between) as one,
      nullif(array_to_string(w.words[k.first + 1 :], g.between), '') as other
  ) as n
  cross join lateral (
    values
      (e.beginning || concat_ws(g.between, n.other, n.one) || $re$(?!"\s*:)(?:$|(?!_)$re$ || e.edge || ')'),
      ($re$[">=]\s*$re$ || n.one || $re$\s*["<&].*[">=]\s*$re$ || n.other || $re$\s*(?:["<&]|$)$re$),
      ($re$[">=]\s*$re$ || n.other || $re$\s*["<&].*[">=]\s*$re$ || n.one || $re$\s*(?:["<&]|$)$re$)
  ) as o (pattern)
  where length(p.name) > 1
$$;

comment on function handoff_private.name_pattern(text[]) is
  'A regular expression that finds these names in a text in comparable form; null for none.';
