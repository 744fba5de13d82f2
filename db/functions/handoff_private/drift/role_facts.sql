create or replace function handoff_private.role_facts()
returns table (kind text, name text, fact text)
language sql
stable
set search_path = pg_catalog, pg_temp
as $$
  with ours as (
    select r.* from pg_catalog.pg_roles as r join handoff_ops.roles as o on o.name = r.rolname
  )
  select
    'role', quote_ident(r.rolname),
    concat_ws(
      ', ',
      case when r.rolcanlogin then 'login' else 'no login' end,
      case when r.rolinherit then 'inherits' end,
      case when r.rolsuper then 'superuser' end,
      case when r.rolbypassrls then 'bypasses row-level security' end,
      case when r.rolcreaterole then 'creates roles' end,
      case when r.rolcreatedb then 'creates databases' end,
      case when r.rolreplication then 'replicates' end
    )
  from ours as r
  union all
  select
    case when s.setdatabase = 0 then 'setting in all databases' else 'setting' end,
    split_part(c.setting, '=', 1) || ' of ' || quote_ident(r.rolname), substr(c.setting, strpos(c.setting, '=') + 1)
  from ours as r
  join pg_catalog.pg_db_role_setting as s on s.setrole = r.oid
    and s.setdatabase in (0, (select d.oid from pg_catalog.pg_database as d where d.datname = current_database()))
  cross join lateral unnest(s.setconfig) as c (setting)
  union all
  -- PostgreSQL 15 has no options but the first: there the member's attribute says whether it inherits, of ours above.
  select
    'member', quote_ident(m.rolname) || ' of ' || quote_ident(r.rolname),
    concat_ws(
      ', ',
      'yes',
      case when bool_or(a.admin_option) then 'may pass it on' end,
      case
        when bool_or(coalesce(
          (to_jsonb(a) ->> 'inherit_option')::boolean, m.rolinherit and m.oid not in (select o.oid from ours as o)
        )) then 'inherits'
      end,
      case when not bool_or(coalesce((to_jsonb(a) ->> 'set_option')::boolean, true)) then 'may not switch to it' end
    )
  from pg_catalog.pg_auth_members as a
  join pg_catalog.pg_roles as m on m.oid = a.member
  join pg_catalog.pg_roles as r on r.oid = a.roleid
  where (m.oid in (select o.oid from ours as o) or r.oid in (select o.oid from ours as o))
    and m.rolname not in (select d.name from handoff_ops.deployers as d)
  group by m.rolname, r.rolname
$$;

comment on function handoff_private.role_facts() is
  'Our roles, their settings, and who may be one of them. Who deploys became a member by that, on each version of '
  'PostgreSQL another way.';
