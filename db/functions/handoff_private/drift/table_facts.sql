create or replace function handoff_private.table_facts()
returns table (kind text, name text, fact text)
language sql
stable
set search_path = pg_catalog, pg_temp
as $$
  select
    r.kind, r.name,
    concat_ws(
      ', ',
      'owner ' || r.owner::regrole,
      case when r.kind = 'table' and not c.relrowsecurity then 'no row-level security' end,
      case when r.kind = 'table' and not c.relforcerowsecurity then 'row-level security not forced' end,
      case when c.relpersistence <> 'p' then 'not logged' end,
      array_to_string(c.reloptions, ', '),
      'by ' || s.seqincrement || ' from ' || s.seqmin || ' to ' || s.seqmax,
      case when s.seqcycle then 'and over again' end,
      case when s.seqcache > 1 then s.seqcache || ' at a time' end
    )
  from handoff_private.our_relations() as r
  join pg_catalog.pg_class as c on c.oid = r.relation
  left join pg_catalog.pg_sequence as s on s.seqrelid = r.relation
  where r.kind <> 'type'
  union all
  select
    'column', r.name || '.' || quote_ident(a.attname),
    concat_ws(
      ' ',
      format_type(a.atttypid, a.atttypmod),
      case when a.attcollation <> t.typcollation then 'collate ' || a.attcollation::regcollation end,
      case when a.attnotnull then 'not null' end,
      case a.attidentity when 'a' then 'identity' when 'd' then 'identity by default' end,
      case when a.attgenerated <> '' then 'generated' end,
      'default ' || pg_get_expr(d.adbin, d.adrelid)
    )
  from handoff_private.our_relations() as r
  join pg_catalog.pg_attribute as a on a.attrelid = r.relation and a.attnum > 0 and not a.attisdropped
  join pg_catalog.pg_type as t on t.oid = a.atttypid
  left join pg_catalog.pg_attrdef as d on d.adrelid = a.attrelid and d.adnum = a.attnum
  where r.kind in ('table', 'type')
  union all
  select
    'index', r.name || '.' || quote_ident(c.relname),
    pg_get_indexdef(i.indexrelid) || case when i.indisvalid then '' else ', not valid' end
  from handoff_private.our_relations() as r
  join pg_catalog.pg_index as i on i.indrelid = r.relation
  join pg_catalog.pg_class as c on c.oid = i.indexrelid
  union all
  select 'type', t.name, concat_ws(', ', 'owner ' || t.owner::regrole, nullif(format_type(p.typbasetype, p.typtypmod), '-'))
  from handoff_private.our_types() as t
  join pg_catalog.pg_type as p on p.oid = t.type
$$;

comment on function handoff_private.table_facts() is
  'Tables with their columns and indexes, sequences, types. Not the order of columns, which a restore may change.';
