-- Says whether the database is as it was deployed: tables, row-level security, functions and who may call them, roles, triggers.
-- Run with: psql "$DATABASE_URL" -f seeds/CHECK_SCHEMA.sql
-- Read only. Prints OK, or a line for each thing that is wrong, and then ends with an exit code that is not 0.
\set ON_ERROR_STOP on
\set QUIET on
\pset tuples_only on
\pset format unaligned

begin read only;
set local search_path = pg_catalog, pg_temp;

with schemas (name) as (
  values ('handoff'), ('handoff_private'), ('handoff_ops')
),
tables (name) as (
  values
    ('profiles'), ('partners'), ('programs'), ('program_partners'), ('enrollments'), ('enrollment_steps'),
    ('partner_accounts'), ('partner_event_types'), ('partner_events'), ('partner_event_conflicts'),
    ('step_transitions'), ('erasure_key'), ('certificates'),
    ('webhook_refusals'), ('sign_in_links'), ('sessions'), ('school'), ('acts')
),
functions (name, arguments, result, callers) as (
  values
    ('create_profile', 'p_email text, p_full_name text, p_role text DEFAULT ''student''::text', 'uuid', 'admin'),
    ('correct_profile', 'p_profile_id uuid, p_email text, p_full_name text, p_reason text', 'uuid', 'admin'),
    ('set_profile_role', 'p_profile_id uuid, p_role text, p_reason text', 'text', 'admin'),
    ('disable_profile', 'p_profile_id uuid, p_reason text', 'text', 'admin'),
    ('enable_profile', 'p_profile_id uuid, p_reason text', 'text', 'admin'),
    ('merge_profiles', 'p_from uuid, p_into uuid, p_reason text', 'integer', 'admin'),
    ('erase_profile', 'p_profile_id uuid, p_reason text', 'void', 'admin'),
    ('profile_data', 'p_profile_id uuid', 'jsonb', 'student admin'),
    ('enroll_student', 'p_student_id uuid, p_program_slug text, p_again boolean DEFAULT false', 'uuid', 'admin worker'),
    ('generate_enrollment_steps', 'p_enrollment_id uuid', 'integer', 'worker'),
    ('get_current_step', 'p_enrollment_id uuid', 'TABLE(step_id uuid, partner_slug text, partner_name text, '
      'sequence_order integer, status text, started_at timestamp with time zone, launch_url text)', 'student admin'),
    ('advance_to_next_step', 'p_enrollment_id uuid', 'uuid', 'worker'),
    ('mark_step_complete', 'p_step_id uuid, p_external_enrollment_id text DEFAULT NULL::text', 'uuid', 'worker'),
    ('is_enrollment_complete', 'p_enrollment_id uuid', 'boolean', 'student admin'),
    ('receive_partner_event', 'p_partner_slug text, p_event_key text, p_body bytea, p_channel text DEFAULT ''webhook''::text, '
      'p_context jsonb DEFAULT ''{}''::jsonb', 'handoff.event_receipt', 'admin webhook worker'),
    ('replay_partner_event', 'p_receipt uuid', 'handoff.event_receipt', 'admin worker'),
    ('assign_partner_event', 'p_receipt uuid, p_step_id uuid, p_reason text', 'handoff.event_receipt', 'admin'),
    ('link_partner_account', 'p_partner_slug text, p_external_student_id text, p_student_id uuid', 'integer', 'admin'),
    ('approve_enrollment', 'p_enrollment_id uuid, p_reason text', 'text', 'admin'),
    ('hold_enrollment', 'p_enrollment_id uuid, p_reason text', 'text', 'admin'),
    ('resume_enrollment', 'p_enrollment_id uuid, p_reason text', 'text', 'admin'),
    ('withdraw_enrollment', 'p_enrollment_id uuid, p_reason text', 'text', 'admin'),
    ('skip_step', 'p_step_id uuid, p_reason text', 'text', 'admin'),
    ('fail_step', 'p_step_id uuid, p_reason text', 'text', 'admin'),
    ('reopen_step', 'p_step_id uuid, p_reason text', 'text', 'admin'),
    ('revoke_certificate', 'p_number text, p_reason text', 'text', 'admin'),
    ('reissue_certificate', 'p_number text, p_reason text', 'text', 'admin')
),
roles (name, can_login, may_switch_to) as (
  values
    ('handoff_owner', false, ''),
    ('handoff_student', false, ''),
    ('handoff_admin', false, ''),
    ('handoff_public', false, ''),
    ('handoff_webhook', false, ''),
    ('handoff_worker', false, ''),
    ('handoff_pages_login', true, 'handoff_admin handoff_public handoff_student'),
    ('handoff_webhook_login', true, 'handoff_webhook'),
    ('handoff_worker_login', true, 'handoff_worker')
),
settings (role, name, value) as (
  select r.name, s.name, s.value
  from roles as r
  cross join (
    values
      ('search_path', 'handoff, pg_catalog, pg_temp'), ('jit', 'off'), ('standard_conforming_strings', 'on'),
      ('backslash_quote', 'safe_encoding'), ('transform_null_equals', 'off'), ('array_nulls', 'on'), ('bytea_output', 'hex'),
      ('DateStyle', 'ISO, MDY'), ('IntervalStyle', 'postgres'), ('TimeZone', 'UTC'), ('client_encoding', 'UTF8'),
      ('default_transaction_isolation', 'read committed'), ('default_transaction_deferrable', 'off'), ('row_security', 'on'),
      ('idle_session_timeout', '0')
  ) as s (name, value)
  union all
  select r.name, s.name, s.value
  from (values ('handoff_pages_login'), ('handoff_webhook_login')) as r (name)
  cross join (
    values ('statement_timeout', '3s'), ('lock_timeout', '2s'), ('idle_in_transaction_session_timeout', '30s')
  ) as s (name, value)
  union all
  values ('handoff_webhook_login', 'role', 'handoff_webhook')
),
triggers (name, table_name, definition) as (
  values
    ('record_creation', 'enrollments', 'AFTER INSERT ON handoff.enrollments FOR EACH ROW '
      'EXECUTE FUNCTION handoff_private.record_enrollment_transition()'),
    ('record_transition', 'enrollments', 'AFTER UPDATE OF status ON handoff.enrollments FOR EACH ROW '
      'EXECUTE FUNCTION handoff_private.record_enrollment_transition()'),
    ('record_creation', 'enrollment_steps', 'AFTER INSERT ON handoff.enrollment_steps FOR EACH ROW '
      'EXECUTE FUNCTION handoff_private.record_step_transition()'),
    ('record_transition', 'enrollment_steps', 'AFTER UPDATE OF status ON handoff.enrollment_steps FOR EACH ROW '
      'EXECUTE FUNCTION handoff_private.record_step_transition()'),
    ('append_only', 'step_transitions', 'BEFORE DELETE OR UPDATE OF id, occurred_at, enrollment_id, step_id, from_status, '
      'to_status, cause, event_receipt, actor_role, actor_id OR TRUNCATE ON handoff.step_transitions FOR EACH STATEMENT '
      'EXECUTE FUNCTION handoff_private.refuse_change()'),
    ('only_erased_reason', 'step_transitions', 'BEFORE UPDATE ON handoff.step_transitions FOR EACH ROW '
      'EXECUTE FUNCTION handoff_private.allow_erased_reason()'),
    ('check_person', 'profiles', 'AFTER INSERT OR UPDATE OF email, full_name ON handoff.profiles FOR EACH ROW '
      'EXECUTE FUNCTION handoff_private.check_person()'),
    ('end_access', 'profiles', 'AFTER UPDATE OF email, role, disabled_at, merged_into ON handoff.profiles FOR EACH ROW '
      'EXECUTE FUNCTION handoff_private.end_access()'),
    ('append_only', 'acts', 'BEFORE DELETE OR UPDATE OF id, occurred_at, act, profile_id, merged_into, enrollment_id, '
      'certificate_number, event_receipt, partner_slug, event_status, event_reason, events, actor_role, '
      'actor_id OR TRUNCATE ON handoff.acts FOR EACH STATEMENT EXECUTE FUNCTION handoff_private.refuse_change()'),
    ('only_erased_reason', 'acts', 'BEFORE UPDATE ON handoff.acts FOR EACH ROW '
      'EXECUTE FUNCTION handoff_private.allow_erased_reason()'),
    ('append_only', 'certificates', 'BEFORE DELETE OR UPDATE ON handoff.certificates FOR EACH ROW '
      'EXECUTE FUNCTION handoff_private.guard_certificate()'),
    ('never_emptied', 'certificates', 'BEFORE TRUNCATE ON handoff.certificates FOR EACH STATEMENT '
      'EXECUTE FUNCTION handoff_private.guard_certificate()'),
    ('mark_due', 'partner_event_types', 'AFTER INSERT OR UPDATE ON handoff.partner_event_types FOR EACH ROW '
      'EXECUTE FUNCTION handoff_private.mark_due_of_event_type()'),
    ('mark_due', 'program_partners', 'AFTER INSERT OR UPDATE ON handoff.program_partners FOR EACH ROW '
      'EXECUTE FUNCTION handoff_private.mark_due_of_mapping()'),
    ('mark_due', 'partners', 'AFTER UPDATE OF status ON handoff.partners FOR EACH ROW '
      'EXECUTE FUNCTION handoff_private.mark_due_of_partner()')
),
our_tables as (
  select c.*, n.nspname || '.' || c.relname as full_name
  from pg_class as c
  join pg_namespace as n on n.oid = c.relnamespace
  where n.nspname in (select name from schemas) and c.relkind in ('r', 'p')
),
our_functions as (
  select p.*, n.nspname, n.nspname || '.' || p.proname as full_name
  from pg_proc as p
  join pg_namespace as n on n.oid = p.pronamespace
  where n.nspname in (select name from schemas) and not exists (
    -- The constructors of a range type are made with the type, and are nobody's to revoke.
    select from pg_range as r where p.prorettype in (r.rngtypid, r.rngmultitypid) and p.prolang = 12
  )
),
our_triggers as (
  select t.*, c.relname, regexp_replace(pg_get_triggerdef(t.oid), '^CREATE TRIGGER \w+ ', '') as definition
  from pg_trigger as t
  join our_tables as c on c.oid = t.tgrelid
  where not t.tgisinternal
),
faults (place, fault) as (
  select 1, format('schema %s is missing', s.name)
  from schemas as s
  where not exists (select from pg_namespace as n where n.nspname = s.name)
  union all
  select 2, format('table handoff.%s is missing', t.name)
  from tables as t
  where not exists (select from our_tables as c where c.full_name = 'handoff.' || t.name)
  union all
  select 3, format('table %s is not under row-level security', c.full_name) from our_tables as c where not c.relrowsecurity
  union all
  select 4, format('table %s does not force row-level security on its owner', c.full_name)
  from our_tables as c
  where not c.relforcerowsecurity
  union all
  select 5, format('table %s belongs to %s instead of handoff_owner', c.full_name, pg_get_userbyid(c.relowner))
  from our_tables as c
  where pg_get_userbyid(c.relowner) <> 'handoff_owner'
  union all
  select 6, format('PUBLIC has %s on table %s', a.privilege_type, c.full_name)
  from our_tables as c
  cross join lateral aclexplode(c.relacl) as a
  where a.grantee = 0
  union all
  select 7, format('constraint %s of table %s is not validated', k.conname, c.full_name)
  from pg_constraint as k
  join our_tables as c on c.oid = k.conrelid
  where not k.convalidated
  union all
  select 8, format('index %s of table %s is not valid', i.indexrelid::regclass, c.full_name)
  from pg_index as i
  join our_tables as c on c.oid = i.indrelid
  where not i.indisvalid
  union all
  select 10, format('function handoff.%s(%s) returns %s is missing', f.name, f.arguments, f.result)
  from functions as f
  where not exists (
    select
    from our_functions as p
    where p.full_name = 'handoff.' || f.name
      and pg_get_function_arguments(p.oid) = f.arguments and pg_get_function_result(p.oid) = f.result
  )
  union all
  select 11, format('type handoff.event_receipt is not (%s)', w.columns)
  from (
    values ('receipt uuid, status text, reason text, enrollment_id uuid, step_id uuid, next_step_id uuid')
  ) as w (columns)
  where w.columns is distinct from (
    select string_agg(a.attname || ' ' || format_type(a.atttypid, a.atttypmod), ', ' order by a.attnum)
    from pg_type as t
    join pg_namespace as n on n.oid = t.typnamespace
    join pg_attribute as a on a.attrelid = t.typrelid and not a.attisdropped
    where n.nspname = 'handoff' and t.typname = 'event_receipt'
  )
  union all
  select 12, format('%s %s execute handoff.%s', r.name, case when w.may then 'can not' else 'can' end, f.name)
  from functions as f
  join our_functions as p on p.full_name = 'handoff.' || f.name
  join roles as r on not r.can_login and r.name <> 'handoff_owner'
  join pg_roles as g on g.rolname = r.name
  cross join lateral (select r.name = any (array(select 'handoff_' || c.name from string_to_table(f.callers, ' ') as c (name))) as may) as w
  where has_function_privilege(g.oid, p.oid, 'execute') <> w.may
  union all
  select 13, format('PUBLIC can execute %s', p.oid::regprocedure)
  from our_functions as p
  cross join lateral aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) as a
  where a.grantee = 0 and a.privilege_type = 'EXECUTE'
  union all
  select 14, format('function %s belongs to %s instead of handoff_owner', p.oid::regprocedure, pg_get_userbyid(p.proowner))
  from our_functions as p
  where pg_get_userbyid(p.proowner) <> 'handoff_owner'
  union all
  select 20, format('role %s is missing', r.name)
  from roles as r
  where not exists (select from pg_roles as p where p.rolname = r.name)
  union all
  select 21, format('role %s %s', r.name, w.what)
  from roles as r
  join pg_roles as p on p.rolname = r.name
  cross join lateral (
    values
      (p.rolcanlogin and not r.can_login, 'can log in'),
      (r.can_login and not p.rolcanlogin, 'can not log in'),
      (p.rolinherit, 'inherits the rights of its roles: it is to be NOINHERIT'),
      (p.rolsuper, 'is a superuser'),
      (p.rolbypassrls, 'bypasses row-level security'),
      (p.rolcreaterole, 'can create roles'),
      (p.rolcreatedb, 'can create databases'),
      (p.rolreplication, 'can replicate')
  ) as w (is_so, what)
  where w.is_so
  union all
  select 22, format('role %s can not switch to %s', r.name, g.name)
  from roles as r
  join pg_roles as p on p.rolname = r.name
  cross join lateral string_to_table(nullif(r.may_switch_to, ''), ' ') as g (name)
  join pg_roles as o on o.rolname = g.name
  where not pg_has_role(
    p.oid, o.oid, case when current_setting('server_version_num')::integer >= 160000 then 'set' else 'member' end
  )
  union all
  select 23, format('role %s is a member of %s', p.rolname, o.rolname)
  from pg_auth_members as m
  join pg_roles as p on p.oid = m.member
  join pg_roles as o on o.oid = m.roleid
  join roles as r on r.name = p.rolname
  where o.rolname <> all (string_to_array(r.may_switch_to, ' '))
  union all
  select 24, format('role %s has no %s = %s of its own in this database', w.role, w.name, w.value)
  from settings as w
  join pg_roles as p on p.rolname = w.role
  where not exists (
    select
    from pg_db_role_setting as s
    join pg_database as d on d.oid = s.setdatabase
    where s.setrole = p.oid and d.datname = current_database()
      and s.setconfig @> array[w.name || '=' || w.value]
  )
  union all
  select 30, format('trigger %s of table handoff.%s is missing', w.name, w.table_name)
  from triggers as w
  where not exists (select from our_triggers as t where t.tgname = w.name and t.relname = w.table_name)
  union all
  select 31, format('trigger %s of table handoff.%s is disabled', w.name, w.table_name)
  from triggers as w
  join our_triggers as t on t.tgname = w.name and t.relname = w.table_name
  where t.tgenabled not in ('O', 'A')
  union all
  select 31, format('trigger %s of table handoff.certificates can be skipped by a session', t.tgname)
  from our_triggers as t
  where t.relname = 'certificates' and t.tgenabled = 'O'
  union all
  select 32, format('trigger %s of table handoff.%s is another: %s', w.name, w.table_name, t.definition)
  from triggers as w
  join our_triggers as t on t.tgname = w.name and t.relname = w.table_name
  where t.definition <> w.definition
)
select f.fault from faults as f order by f.place, f.fault;

select :ROW_COUNT as faults, :ROW_COUNT = 0 as is_right \gset
\if :is_right
  \echo OK: the schema is as it was deployed.
\else
  set local handoff_check.faults = :faults;
  do $$ begin raise exception 'things that are wrong: %', current_setting('handoff_check.faults'); end $$;
\endif

rollback;
