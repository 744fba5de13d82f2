create or replace function handoff_private.facts()
returns table (kind text, name text, fact text)
language sql
stable
set search_path = pg_catalog, pg_temp
set standard_conforming_strings = on
set quote_all_identifiers = off
set "TimeZone" = 'UTC'
set "DateStyle" = 'ISO, MDY'
set "IntervalStyle" = 'postgres'
set bytea_output = 'hex'
set extra_float_digits = 1
as $$
  select f.kind, f.name, f.fact from handoff_private.role_facts() as f
  union all
  select 'schema', quote_ident(n.nspname), 'owner ' || n.nspowner::regrole
  from pg_catalog.pg_namespace as n
  where n.nspname in ('handoff', 'handoff_private', 'handoff_ops')
  union all
  select f.kind, f.name, f.fact from handoff_private.table_facts() as f
  union all
  select f.kind, f.name, f.fact from handoff_private.rule_facts() as f
  union all
  select f.kind, f.name, f.fact from handoff_private.function_facts() as f
  union all
  select f.kind, f.name, f.fact from handoff_private.right_facts() as f
  union all
  select f.kind, f.name, f.fact from handoff_private.foreign_facts() as f
$$;

comment on function handoff_private.facts() is
  'How things are: a row for each thing that a deploy makes, and for each right, setting and membership by which '
  'somebody reaches it. The same on every version of PostgreSQL, after a restore and in every session, which write '
  'definitions and values in their own way; so without numbers of objects. '
  'handoff_ops.deployed_facts has how a deploy left them.';
