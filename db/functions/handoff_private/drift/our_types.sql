create or replace function handoff_private.our_types()
returns table (type oid, name text, owner oid, acl aclitem[])
language sql
stable
set search_path = pg_catalog, pg_temp
as $$
  select t.oid, quote_ident(n.nspname) || '.' || quote_ident(t.typname), t.typowner, t.typacl
  from pg_catalog.pg_namespace as n
  join pg_catalog.pg_type as t on t.typnamespace = n.oid
  left join pg_catalog.pg_class as c on c.oid = t.typrelid
  where n.nspname in ('handoff', 'handoff_private', 'handoff_ops') and (t.typtype in ('d', 'e', 'r') or c.relkind = 'c')
$$;

comment on function handoff_private.our_types() is
  'Domains, enumerations, ranges and composite types in our schemas; not the row types of tables.';
