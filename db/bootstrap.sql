-- Roles, schemas and the deployer's books: what must be there before the first migration. Runs at every deploy and changes
-- nothing that is right already. Roles belong to the whole cluster, so another database may have made them first.

-- Every role of ours, once: the rest of this file reads it here, all else reads handoff_ops.roles, which is filled from it.
-- A name that begins with handoff_ is not enough: a school may have such roles of its own. `login` may switch to the role.
create temporary table pg_temp.wanted_roles (
  place    integer generated always as identity,
  name     text not null,
  is_login boolean not null,
  login    text,
  purpose  text not null
) on commit drop;

insert into pg_temp.wanted_roles (name, is_login, login, purpose)
values
  ('handoff_owner', false, null, 'owns every schema, table and function'),
  ('handoff_student', false, 'handoff_pages_login', 'a student''s page'),
  ('handoff_admin', false, 'handoff_pages_login', 'an admin''s page'),
  ('handoff_public', false, 'handoff_pages_login', 'a page for everybody'),
  ('handoff_webhook', false, 'handoff_webhook_login', 'receives partners'' events'),
  ('handoff_worker', false, 'handoff_worker_login', 'does what needs no person'),
  ('handoff_pages_login', true, null, 'connects for the pages'),
  ('handoff_webhook_login', true, null, 'connects for the webhooks'),
  ('handoff_worker_login', true, null, 'connects for the worker');

do $$
declare
  v_role record;
begin
  for v_role in
    select r.name, r.is_login, r.purpose
    from pg_temp.wanted_roles as r
    where not exists (select from pg_catalog.pg_roles as p where p.rolname = r.name)
    order by r.place
  loop
    begin
      execute format('create role %I %s noinherit', v_role.name, case when v_role.is_login then 'login' else 'nologin' end);
      execute format('comment on role %I is %L', v_role.name, 'Handoff: ' || v_role.purpose);
    exception
      when duplicate_object or unique_violation then
        null;  -- A deploy of another database of this cluster was faster.
    end;
  end loop;
end;
$$;

-- Who may switch to whom. A deployer who is no superuser becomes a member of the owner, and may switch to the others. From
-- PostgreSQL 16 on, having made a role is not enough for that, and the grant must say so.
do $$
declare
  v_is_16 constant boolean := current_setting('server_version_num')::integer >= 160000;
  v_grant record;
begin
  for v_grant in
    with wanted (role, member) as (
      select r.name, r.login
      from pg_temp.wanted_roles as r
      where r.login is not null
      union all
      select r.name, u.rolname
      from pg_catalog.pg_roles as u
      cross join pg_temp.wanted_roles as r
      where u.rolname = current_user and not u.rolsuper
        and (not r.is_login or r.name = 'handoff_pages_login')  -- whose role pages take before they switch to a person's
    )
    select w.role, w.member, case when w.role = 'handoff_owner' then 'true' else 'false' end as inherits
    from wanted as w
    where not pg_catalog.pg_has_role(w.member, w.role, case when v_is_16 then 'set' else 'member' end)
      or (w.role = 'handoff_owner' and not pg_catalog.pg_has_role(w.member, w.role, 'usage'))
  loop
    begin
      execute format('grant %I to %I', v_grant.role, v_grant.member)
        || case when v_is_16 then format(' with inherit %s, set true', v_grant.inherits) else '' end;
    exception
      when unique_violation then
        null;  -- A deploy of another database of this cluster was faster.
    end;
  end loop;
end;
$$;

-- Defaults in this database only, which go before the server's and the database's own. A session of ours so means the same on
-- every server, and what a login brings with it need not be set through a pooler, which hands on its connections.
-- pg_temp last: a temporary table must not shadow one of ours. Compiling a query (jit, which Debian's servers have) takes a page
-- of two milliseconds to most of a second.
create temporary table pg_temp.wanted_settings (
  role  text not null,
  name  text not null,
  value text not null,
  primary key (role, name)
) on commit drop;

insert into pg_temp.wanted_settings (role, name, value)
select r.name, s.name, s.value
from pg_temp.wanted_roles as r
cross join (
  values
    ('search_path', 'handoff, pg_catalog, pg_temp'),
    ('jit', 'off'),
    ('standard_conforming_strings', 'on'),
    ('backslash_quote', 'safe_encoding'),
    ('transform_null_equals', 'off'),
    ('array_nulls', 'on'),
    ('bytea_output', 'hex'),
    ('DateStyle', 'ISO, MDY'),
    ('IntervalStyle', 'postgres'),
    ('TimeZone', 'UTC'),
    ('client_encoding', 'UTF8'),
    ('default_transaction_isolation', 'read committed'),
    ('default_transaction_deferrable', 'off'),
    ('row_security', 'on'),
    ('idle_session_timeout', '0')
) as s (name, value)
union all
select r.name, s.name, s.value
from pg_temp.wanted_roles as r
cross join (
  values ('statement_timeout', '3s'), ('lock_timeout', '2s'), ('idle_in_transaction_session_timeout', '30s')
) as s (name, value)
where r.name in ('handoff_pages_login', 'handoff_webhook_login')
union all
values ('handoff_webhook_login', 'role', 'handoff_webhook');

do $$
declare
  v_wanted pg_temp.wanted_settings;
begin
  for v_wanted in
    select w.*
    from pg_temp.wanted_settings as w
    where not exists (
      select
      from pg_catalog.pg_db_role_setting as c
      join pg_catalog.pg_database as d on d.oid = c.setdatabase
      where c.setrole = w.role::regrole and d.datname = current_database()
        and c.setconfig @> array[w.name || '=' || w.value]
    )
    order by w.role, w.name
  loop
    execute format(
      'alter role %I in database %I set %I = %s', v_wanted.role, current_database(), v_wanted.name,
      case when v_wanted.name = 'search_path' then v_wanted.value else quote_literal(v_wanted.value) end
    );
  end loop;
end;
$$;

do $$
declare
  v_schema text;
begin
  foreach v_schema in array array['handoff', 'handoff_private', 'handoff_ops'] loop
    if pg_catalog.to_regnamespace(v_schema) is null then
      execute format('create schema %I authorization handoff_owner', v_schema);
    end if;
  end loop;
end;
$$;

grant select on pg_temp.wanted_roles to handoff_owner;
set local role handoff_owner;

-- Only this form works: with IN SCHEMA, PUBLIC would still be able to execute every new function.
alter default privileges revoke execute on routines from public;
alter default privileges revoke usage on types from public;

comment on schema handoff is 'Enrollments that move from partner to partner by themselves: the tables, and the functions that people and programs call.';
comment on schema handoff_private is 'Helpers of the functions in handoff. No role but the owner can call them.';
comment on schema handoff_ops is 'What was deployed.';

create table if not exists handoff_ops.deployed_files (
  path       text primary key,
  sha256     text not null check (sha256 ~ '^[0-9a-f]{64}$'),
  applied_at timestamptz not null default pg_catalog.now()
);
comment on table handoff_ops.deployed_files is 'Each file under db/ that was applied, with the hash it had.';

do $$
begin
  if not exists (
    select
    from pg_catalog.pg_attribute as a
    where a.attrelid = 'handoff_ops.deployed_files'::regclass and a.attname = 'functions'
  ) then
    alter table handoff_ops.deployed_files add column functions text[];
  end if;
end;
$$;
comment on column handoff_ops.deployed_files.functions is 'The signatures of the functions that the file made; null: not noted.';

create table if not exists handoff_ops.roles (
  name     text primary key,
  place    integer not null,
  is_login boolean not null,
  login    text
);
comment on table handoff_ops.roles is 'The roles of ours, in the order of db/bootstrap.sql, each with the login that may switch to it.';

delete from handoff_ops.roles as r where not exists (select from pg_temp.wanted_roles as w where w.name = r.name);
insert into handoff_ops.roles as r (name, place, is_login, login)
select w.name, w.place, w.is_login, w.login
from pg_temp.wanted_roles as w
on conflict (name) do update
set place = excluded.place, is_login = excluded.is_login, login = excluded.login
where (r.place, r.is_login, r.login) is distinct from (excluded.place, excluded.is_login, excluded.login);

create table if not exists handoff_ops.locks (name text primary key);
comment on table handoff_ops.locks is 'Rows to lock for what one may do at a time; an advisory lock could be taken by anybody.';
do $$
begin
  if not (select c.relforcerowsecurity from pg_catalog.pg_class as c where c.oid = 'handoff_ops.locks'::regclass) then
    alter table handoff_ops.locks enable row level security;
    alter table handoff_ops.locks force row level security;
    create policy owner_all on handoff_ops.locks to handoff_owner using (true) with check (true);
  end if;
end;
$$;
insert into handoff_ops.locks (name) values ('deploy'), ('due events') on conflict do nothing;
