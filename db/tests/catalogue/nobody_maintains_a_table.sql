begin;
select plan(1);

-- MAINTAIN came with PostgreSQL 17.
create function pg_temp.maintainers() returns setof text language plpgsql as $$
begin
  if current_setting('server_version_num')::integer >= 170000 then
    return query
      select r.name || ' ' || c.oid::regclass
      from pg_class as c
      cross join (select rolname::text from pg_roles where rolname like 'handoff\_%' union all select 'public') as r (name)
      where c.relnamespace::regnamespace::text like 'handoff%' and c.relkind in ('r', 'p', 'm')
        and r.name <> 'handoff_owner' and has_table_privilege(r.name, c.oid, 'maintain');
  end if;
end;
$$;

select is_empty('select pg_temp.maintainers()', 'nobody but the owner may vacuum, analyze, cluster or reindex a table');

select * from finish();
rollback;
