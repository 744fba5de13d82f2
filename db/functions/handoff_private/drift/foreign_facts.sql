create or replace function handoff_private.foreign_facts()
returns table (kind text, name text, fact text)
language sql
stable
set search_path = pg_catalog, pg_temp
as $$
  with elsewhere (place, acl) as (
    select 'schema ' || quote_ident(n.nspname), coalesce(n.nspacl, acldefault('n', n.nspowner))
    from pg_catalog.pg_namespace as n
    where n.nspname !~ '^pg_' and n.nspname not in ('information_schema', 'handoff', 'handoff_private', 'handoff_ops')
    union all
    select 'the database', coalesce(d.datacl, acldefault('d', d.datdba))
    from pg_catalog.pg_database as d
    where d.datname = current_database()
  )
  select distinct 'right', 'create in ' || e.place || ' of ' || handoff_private.grantee(a.grantee), 'yes'
  from elsewhere as e
  cross join lateral aclexplode(e.acl) as a
  left join pg_catalog.pg_roles as r on r.oid = a.grantee
  where a.privilege_type = 'CREATE' and (a.grantee = 0 or r.rolname in (select o.name from handoff_ops.roles as o))
  union all
  select distinct 'reader', w.ev_class::regclass || ' of ' || r.name, 'yes'
  from handoff_private.our_relations() as r
  join pg_catalog.pg_depend as d on d.refclassid = 'pg_class'::regclass and d.refobjid = r.relation
  join pg_catalog.pg_rewrite as w on d.classid = 'pg_rewrite'::regclass and w.oid = d.objid and w.ev_class <> r.relation
  union all
  select distinct 'heir', i.inhrelid::regclass || ' of ' || i.inhparent::regclass, 'yes'
  from handoff_private.our_relations() as r
  join pg_catalog.pg_inherits as i on r.relation in (i.inhparent, i.inhrelid)
  union all
  -- What a function of the owner does, it does with the owner's rights, wherever it stands.
  select 'belonging', o.type || ' ' || o.identity || ' of ' || quote_ident(r.rolname), 'yes'
  from handoff_ops.roles as w
  join pg_catalog.pg_roles as r on r.rolname = w.name
  join pg_catalog.pg_shdepend as s on s.refclassid = 'pg_authid'::regclass and s.refobjid = r.oid and s.deptype = 'o'
    and s.dbid = (select d.oid from pg_catalog.pg_database as d where d.datname = current_database())
  cross join lateral pg_identify_object(s.classid, s.objid, s.objsubid) as o
  where s.classid <> 'pg_default_acl'::regclass and not starts_with(o.schema, 'pg_temp')
    and coalesce(o.schema, o.name) not in ('handoff', 'handoff_private', 'handoff_ops')
  union all
  select o.type, o.identity, 'yes'
  from pg_catalog.pg_namespace as n
  join pg_catalog.pg_depend as d on d.refclassid = 'pg_namespace'::regclass and d.refobjid = n.oid
  cross join lateral pg_identify_object(d.classid, d.objid, 0) as o
  where n.nspname in ('handoff', 'handoff_private', 'handoff_ops')
    and d.classid <> all (array['pg_class', 'pg_type', 'pg_proc']::regclass[])
$$;

comment on function handoff_private.foreign_facts() is
  'What no file of ours makes: rights of ours and of everybody to create elsewhere, views of our tables, tables that '
  'take part in them, what our roles own elsewhere, and operators and their like, which the search path of our roles '
  'would find.';
