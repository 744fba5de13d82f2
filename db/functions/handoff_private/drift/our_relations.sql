create or replace function handoff_private.our_relations()
returns table (relation regclass, name text, kind text, owner oid)
language sql
stable
set search_path = pg_catalog, pg_temp
as $$
  select
    c.oid, quote_ident(n.nspname) || '.' || quote_ident(c.relname),
    case c.relkind
      when 'r' then 'table' when 'p' then 'table' when 'S' then 'sequence' when 'v' then 'view' when 'c' then 'type'
      else 'relation'
    end,
    c.relowner
  from pg_catalog.pg_namespace as n
  join pg_catalog.pg_class as c on c.relnamespace = n.oid
  where n.nspname in ('handoff', 'handoff_private', 'handoff_ops') and c.relkind not in ('i', 'I')
$$;

comment on function handoff_private.our_relations() is
  'Tables, sequences, composite types and whatever else has rows or columns in our schemas; a composite type as type.';
