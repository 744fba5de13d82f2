begin;
select plan(3);

create temporary view fault as
select r.rolname, 'attribute' as what
from pg_roles as r
where r.rolname like 'handoff\_%'
  and (r.rolsuper or r.rolbypassrls or r.rolcreaterole or r.rolcreatedb or r.rolreplication or r.rolinherit)
union all
select r.rolname, 'membership'
from pg_roles as r
join pg_auth_members as m on m.member = r.oid
where r.rolname like 'handoff\_%' and (m.admin_option or not exists (
  select from handoff_ops.roles as w where w.name = m.roleid::regrole::text and w.login = r.rolname
))
union all
-- Nothing is owned by a login, or granted to it, in this database or in the cluster.
select r.rolname, 'owns or may'
from pg_roles as r
join pg_shdepend as d on d.refclassid = 'pg_authid'::regclass and d.refobjid = r.oid
where r.rolname like 'handoff\_%' and r.rolcanlogin
  and d.dbid in (0, (select oid from pg_database where datname = current_database()));

select is_empty(
  'select * from fault',
  'no role can bypass row-level security or make roles; a login owns nothing and inherits nothing'
);
select is_empty(
  $$select w.name
    from handoff_ops.roles as w
    left join pg_roles as r on r.rolname = w.name
    where r.rolcanlogin is distinct from w.is_login$$,
  'the three logins log in, the others can not'
);
alter role handoff_webhook_login bypassrls;
alter role handoff_pages_login inherit;
grant handoff_worker to handoff_pages_login;
grant select on handoff.partners to handoff_worker_login;
create schema of_a_login authorization handoff_webhook_login;
select is(
  (select string_agg(rolname || ': ' || what, ', ' order by rolname, what) from fault),
  'handoff_pages_login: attribute, handoff_pages_login: membership, handoff_webhook_login: attribute, '
  'handoff_webhook_login: owns or may, handoff_worker_login: owns or may',
  'each would be found'
);

select * from finish();
rollback;
