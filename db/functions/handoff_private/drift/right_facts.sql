create or replace function handoff_private.right_facts()
returns table (kind text, name text, fact text)
language sql
stable
set search_path = pg_catalog, pg_temp
as $$
  with granted (object, owner, acl) as (
    select 'schema ' || quote_ident(n.nspname), n.nspowner, coalesce(n.nspacl, acldefault('n', n.nspowner))
    from pg_catalog.pg_namespace as n
    where n.nspname in ('handoff', 'handoff_private', 'handoff_ops')
    union all
    select r.kind || ' ' || r.name, r.owner,
      coalesce(c.relacl, acldefault(case when r.kind = 'sequence' then 's' else 'r' end::"char", r.owner))
    from handoff_private.our_relations() as r
    join pg_catalog.pg_class as c on c.oid = r.relation
    where r.kind <> 'type'
    union all
    select 'column ' || r.name || '.' || quote_ident(a.attname), r.owner, a.attacl
    from handoff_private.our_relations() as r
    join pg_catalog.pg_attribute as a on a.attrelid = r.relation and a.attacl is not null and not a.attisdropped
    union all
    select 'type ' || t.name, t.owner, coalesce(t.acl, acldefault('T', t.owner)) from handoff_private.our_types() as t
    union all
    select 'function ' || f.oid::regprocedure, f.proowner, coalesce(f.proacl, acldefault('f', f.proowner))
    from handoff_private.our_functions() as f
    union all
    select concat('what is made in future', ' in schema ' || quote_ident(n.nspname)), d.defaclrole, d.defaclacl
    from pg_catalog.pg_default_acl as d
    left join pg_catalog.pg_namespace as n on n.oid = d.defaclnamespace
    where d.defaclrole = to_regrole('handoff_owner') or n.nspname in ('handoff', 'handoff_private', 'handoff_ops')
  )
  select
    'right',
    lower(a.privilege_type) || ' on ' || g.object || ' of '
      || case when a.grantee = g.owner then 'the owner' else handoff_private.grantee(a.grantee) end,
    string_agg(distinct case when a.is_grantable then 'and may pass it on' else 'yes' end, ', ')
  from granted as g
  cross join lateral aclexplode(g.acl) as a
  -- The owner has all of what it makes, and since PostgreSQL 17 one right more.
  where a.grantee <> g.owner or (a.privilege_type <> 'MAINTAIN' and not starts_with(g.object, 'what is made'))
  group by 2
$$;

comment on function handoff_private.right_facts() is 'Who may do what in our schemas, everybody of whatever role.';
