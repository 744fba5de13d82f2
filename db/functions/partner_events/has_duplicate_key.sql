create or replace function handoff_private.has_duplicate_key(p_text text)
returns boolean
language sql
stable
set search_path = pg_catalog, pg_temp
as $$
  with recursive node (value) as (
    select p_text::json
    union all
    select child.value
    from node
    cross join lateral (
      select member.value
      from json_each(case when json_typeof(node.value) = 'object' then node.value else '{}' end) as member
      union all
      select element.value
      from json_array_elements(case when json_typeof(node.value) = 'array' then node.value else '[]' end) as element
    ) as child
    where json_typeof(child.value) in ('object', 'array')
  )
  select coalesce(bool_or(n.repeats), false)
  from (
    select (
      select count(*) <> count(distinct k.key)
      from json_object_keys(case when json_typeof(node.value) = 'object' then node.value else '{}' end) as k (key)
    ) as repeats
    from node
  ) as n
$$;

comment on function handoff_private.has_duplicate_key(text) is 'True when an object at any level of the JSON text names a key twice.';
