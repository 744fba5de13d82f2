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
  ('handoff_metrics', false, 'handoff_pages_login', 'reads the figures of /metrics'),
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

-- What only a superuser may put right is left as it is: the next deploy of one does it, and seeds/CHECK_SCHEMA.sql names it
-- until then.
create function pg_temp.do_what_we_may(p_statements text[])
returns void
language plpgsql
as $$
declare
  v_statement text;
begin
  foreach v_statement in array p_statements loop
    begin
      execute v_statement;
    exception
      when insufficient_privilege then
        null;
    end;
  end loop;
end;
$$;

-- What a role of ours must not be, and what it must not be a member of.
select pg_temp.do_what_we_may(array(
  select format(
    'alter role %I %s noinherit nosuperuser nobypassrls nocreaterole nocreatedb noreplication',
    w.name, case when w.is_login then 'login' else 'nologin' end
  )
  from pg_temp.wanted_roles as w
  join pg_catalog.pg_roles as r on r.rolname = w.name
  where r.rolcanlogin <> w.is_login or r.rolinherit or r.rolsuper or r.rolbypassrls or r.rolcreaterole or r.rolcreatedb
    or r.rolreplication
  union all
  select format('revoke %s from %s granted by %s', a.roleid::regrole, a.member::regrole, a.grantor::regrole)
  from pg_catalog.pg_auth_members as a
  join pg_catalog.pg_roles as m on m.oid = a.member
  join pg_temp.wanted_roles as w on w.name = m.rolname
  where not exists (
    select from pg_temp.wanted_roles as o where o.login = w.name and o.name::regrole = a.roleid
  )
  union all
  -- Who may switch to a role of ours neither passes it on nor has its rights before that.
  select format('revoke %s option for %s from %s granted by %s', o.name, a.roleid::regrole, a.member::regrole, a.grantor::regrole)
  from pg_catalog.pg_auth_members as a
  join pg_temp.wanted_roles as r on r.name::regrole = a.roleid
  join pg_temp.wanted_roles as w on w.name = r.login and w.name::regrole = a.member
  cross join (values ('admin'), ('inherit')) as o (name)
  where (to_jsonb(a) ->> (o.name || '_option'))::boolean
));

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
      when insufficient_privilege then
        raise exception using
          errcode = 'insufficient_privilege',
          message = format('%I may not grant %I, which another login has made', current_user, v_grant.role),
          hint = format(
            'Let a superuser run: grant %s to %I with admin option;',
            (select string_agg(quote_ident(r.name), ', ' order by r.place) from pg_temp.wanted_roles as r), current_user
          );
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
values
  ('handoff_webhook_login', 'role', 'handoff_webhook'),
  ('handoff_worker_login', 'role', 'handoff_worker'),
  ('handoff_worker_login', 'lock_timeout', '5s'),
  ('handoff_worker_login', 'idle_in_transaction_session_timeout', '30s');

-- A setting of a role of ours that is not wanted would change what the role means: the database's is where a DBA sets one.
select pg_temp.do_what_we_may(array(
  select format(
    'alter role %s %s reset %I', s.setrole::regrole,
    case when s.setdatabase = 0 then '' else format('in database %I', current_database()) end, split_part(c.setting, '=', 1)
  )
  from pg_temp.wanted_roles as w
  join pg_catalog.pg_roles as r on r.rolname = w.name
  join pg_catalog.pg_db_role_setting as s on s.setrole = r.oid
    and s.setdatabase in (0, (select d.oid from pg_catalog.pg_database as d where d.datname = current_database()))
  cross join lateral unnest(s.setconfig) as c (setting)
  where s.setdatabase = 0 or not exists (
    select
    from pg_temp.wanted_settings as o
    where o.role = w.name and o.name = split_part(c.setting, '=', 1)
  )
));

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

-- A restore without our roles leaves all to who restored. What a deploy made is given back to the owner.
do $$
declare
  v_statements text[];
begin
  -- By the catalogue: who may not look into the schema is told of no name in it.
  if not exists (
    select
    from pg_catalog.pg_class as c
    join pg_catalog.pg_namespace as n on n.oid = c.relnamespace
    where n.nspname = 'handoff_ops' and c.relname = 'deployed_facts'
      and pg_catalog.has_schema_privilege(n.oid, 'usage') and pg_catalog.has_table_privilege(c.oid, 'select')
  ) then
    return;
  end if;
  -- By a statement of its own: one of them is the table that is read.
  v_statements := array(
    with wanted as (
      select f.kind, f.name from handoff_ops.deployed_facts as f where starts_with(f.fact, 'owner handoff_owner')
    )
    select format('alter schema %s owner to handoff_owner', n.oid::regnamespace)
    from pg_catalog.pg_namespace as n
    join wanted as w on w.kind = 'schema' and w.name = quote_ident(n.nspname)
    where n.nspowner::regrole::text <> 'handoff_owner'
    union all
    select format('alter %s %s owner to handoff_owner', w.kind, w.name)
    from wanted as w
    join pg_catalog.pg_class as c on c.oid = pg_catalog.to_regclass(w.name)
    where w.kind in ('table', 'sequence') and c.relowner::regrole::text <> 'handoff_owner' and not exists (
      -- It goes with its table.
      select from pg_catalog.pg_depend as d where d.objid = c.oid and c.relkind = 'S' and d.deptype in ('a', 'i')
    )
    union all
    select format('alter type %s owner to handoff_owner', w.name)
    from wanted as w
    join pg_catalog.pg_type as t on t.oid = pg_catalog.to_regtype(w.name)
    where w.kind = 'type' and t.typowner::regrole::text <> 'handoff_owner'
    union all
    select format('alter function %s owner to handoff_owner', w.name)
    from wanted as w
    join pg_catalog.pg_proc as p on p.oid = pg_catalog.to_regprocedure(w.name)
    where w.kind = 'function' and p.proowner::regrole::text <> 'handoff_owner'
  );
  perform pg_temp.do_what_we_may(v_statements);
end;
$$;

-- A pooler hands on the session.
drop function pg_temp.do_what_we_may(text[]);
grant select on pg_temp.wanted_roles to handoff_owner;
set local role handoff_owner;

-- What its owner gave away, it can give back to itself.
do $$
begin
  if exists (
    select
    from pg_catalog.pg_namespace as n
    where n.nspname in ('handoff', 'handoff_private', 'handoff_ops')
      and not (pg_catalog.has_schema_privilege(n.oid, 'usage') and pg_catalog.has_schema_privilege(n.oid, 'create'))
  ) then
    grant all on schema handoff, handoff_private, handoff_ops to handoff_owner;
  end if;
end;
$$;

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

create table if not exists handoff_ops.deployed_facts (
  kind text not null,
  name text not null,
  fact text not null,
  primary key (kind, name)
);
comment on table handoff_ops.deployed_facts is
  'How the deploys left what they made, as handoff_private.facts() says it: what differs from it is named by seeds/CHECK_SCHEMA.sql.';

create table if not exists handoff_ops.deployers (name text primary key);
comment on table handoff_ops.deployers is 'Who deployed and is no superuser: a member of our roles by that.';

create table if not exists handoff_ops.locks (name text primary key);
comment on table handoff_ops.locks is 'Rows to lock for what one may do at a time; an advisory lock could be taken by anybody.';

-- Here and not with the policies: what follows writes with it, also after a restore without roles, which has no policy.
do $$
declare
  v_table regclass;
begin
  for v_table in
    select c.oid
    from pg_catalog.pg_class as c
    where c.relnamespace = 'handoff_ops'::regnamespace and c.relkind = 'r' and not (
      c.relrowsecurity and c.relforcerowsecurity
      and exists (select from pg_catalog.pg_policy as p where p.polrelid = c.oid and p.polname = 'owner_all')
    )
  loop
    execute format('alter table %s enable row level security', v_table);
    execute format('alter table %s force row level security', v_table);
    execute format('drop policy if exists owner_all on %s', v_table);
    execute format('create policy owner_all on %s to handoff_owner using (true) with check (true)', v_table);
  end loop;
end;
$$;

delete from handoff_ops.roles as r where not exists (select from pg_temp.wanted_roles as w where w.name = r.name);
insert into handoff_ops.roles as r (name, place, is_login, login)
select w.name, w.place, w.is_login, w.login
from pg_temp.wanted_roles as w
on conflict (name) do update
set place = excluded.place, is_login = excluded.is_login, login = excluded.login
where (r.place, r.is_login, r.login) is distinct from (excluded.place, excluded.is_login, excluded.login);
insert into handoff_ops.locks (name) values ('deploy'), ('due events'), ('claims'), ('alerts'), ('imports') on conflict do nothing;
