create or replace function handoff_private.function_facts()
returns table (kind text, name text, fact text)
language sql
stable
set search_path = pg_catalog, pg_temp
as $$
  select
    'function', f.oid::regprocedure::text,
    concat_ws(
      ', ',
      'owner ' || f.proowner::regrole,
      l.lanname,
      case f.provolatile when 'i' then 'immutable' when 's' then 'stable' else 'volatile' end,
      case when f.prosecdef then 'security definer' end,
      case when f.proisstrict then 'strict' end,
      case when f.proleakproof then 'leakproof' end,
      'parallel ' || f.proparallel::text,
      array_to_string(f.proconfig, ', '),
      'text ' || left(encode(sha256(convert_to(concat_ws(
        chr(10), pg_get_function_arguments(f.oid), pg_get_function_result(f.oid), f.prosrc
      ), 'UTF8')), 'hex'), 16)
    )
  from handoff_private.our_functions() as f
  join pg_catalog.pg_language as l on l.oid = f.prolang
$$;

comment on function handoff_private.function_facts() is
  'Our functions: whose rights they have, what they promise, and a hash of arguments, result and body.';
