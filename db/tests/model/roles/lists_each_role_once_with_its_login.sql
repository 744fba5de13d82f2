begin;
select plan(5);

select is(
  test.refused_by($$insert into handoff_ops.roles (name, place, is_login) values ('handoff_owner', 0, false)$$),
  '23505:roles_pkey', 'a role twice'
);
select results_eq(
  'select r.name, r.login from handoff_ops.roles as r where not r.is_login order by r.place',
  $$values
    ('handoff_owner', null),
    ('handoff_student', 'handoff_pages_login'),
    ('handoff_admin', 'handoff_pages_login'),
    ('handoff_public', 'handoff_pages_login'),
    ('handoff_metrics', 'handoff_pages_login'),
    ('handoff_webhook', 'handoff_webhook_login'),
    ('handoff_worker', 'handoff_worker_login')$$,
  'each role but the owner has the login that may switch to it'
);
select set_eq(
  'select r.name from handoff_ops.roles as r where r.is_login',
  'select r.login from handoff_ops.roles as r where r.login is not null',
  'each login has a role to switch to'
);
select is_empty('select r.name from handoff_ops.roles as r where r.is_login and r.login is not null', 'and is nobody''s role');

create temporary table listed as select count(*) as roles from handoff_ops.roles;
grant select on listed to handoff_owner;
set local role handoff_owner;
select is((select count(*) from handoff_ops.roles), (select l.roles from pg_temp.listed as l), 'the owner, who takes rights away, sees all of them');
reset role;

select * from finish();
rollback;
