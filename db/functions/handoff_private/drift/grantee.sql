create or replace function handoff_private.grantee(p_role oid)
returns text
language sql
stable
set search_path = pg_catalog, pg_temp
as $$
  select case when p_role = 0 then 'everybody' else regexp_replace(p_role::regrole::text, '^everybody$', '"everybody"') end
$$;

comment on function handoff_private.grantee(oid) is 'Whom a right is given to; 0 is PUBLIC.';
