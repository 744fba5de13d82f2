-- Counting all brackets is cheap and nearly always enough; only many of them are looked at one by one.
create or replace function handoff_private.json_depth(p_text text)
returns integer
language plpgsql
immutable
as $$
declare
  v_opening integer := length(p_text) - length(translate(p_text, '[{', ''));
begin
  if v_opening <= 64 then
    return v_opening;
  end if;
  return (
    select coalesce(max(d.depth), 0)::integer
    from (
      select sum(case when b.bracket in ('[', '{') then 1 else -1 end) over (order by b.place) as depth
      from regexp_split_to_table(
        regexp_replace(handoff_private.without_strings(p_text), '[^][{}]', '', 'g'), ''
      ) with ordinality as b (bracket, place)
      where b.bracket <> ''
    ) as d
  );
end;
$$;

comment on function handoff_private.json_depth(text) is
  'How deep a JSON text nests, or a bound of it when that is at most 64. Strings do not count.';
