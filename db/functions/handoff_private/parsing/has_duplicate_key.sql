create or replace function handoff_private.has_duplicate_key(p_object text)
returns boolean
language plpgsql
immutable
as $$
begin
  return (
    with recursive node (value) as (
      select p_object::json
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
    select bool_or((
      select count(*) <> count(distinct k.key)
      from json_object_keys(case when json_typeof(node.value) = 'object' then node.value else '{}' end) as k (key)
    ))
    from node
  );
end;
$$;

comment on function handoff_private.has_duplicate_key(text) is
  'True when the JSON object, or one within it, names a key twice.';
