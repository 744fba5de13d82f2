begin;
select plan(14);

-- What each login is told, before it switches and after `reset role`.
create function pg_temp.open_to(p_login text) returns setof text language plpgsql as $$
declare
  v_sql text;
begin
  for v_sql in
    select format('select from %s', c.oid::regclass)
    from pg_class as c
    where c.relnamespace::regnamespace::text like 'handoff%' and c.relkind in ('r', 'p', 'v', 'm')
    union all
    select format('select %s(%s)', f.oid::regproc, (
      select string_agg(format('(select null::%s)', format_type(a.type_oid, null)), ', ' order by a.place)
      from unnest(f.proargtypes::oid[]) with ordinality as a (type_oid, place)
    ))
    from pg_proc as f
    where f.pronamespace::regnamespace::text like 'handoff%' and f.prolang <> 12 and f.prorettype <> 'trigger'::regtype
    union all
    select format('set local role %I', r.rolname)
    from pg_roles as r
    where r.rolname like 'handoff\_%' or r.rolsuper
  loop
    begin
      perform set_config('session_authorization', p_login, true);
      execute v_sql;
      raise exception using errcode = 'TEST0';
    exception
      when insufficient_privilege then
        null;
      when sqlstate 'TEST0' then
        return next v_sql;
    end;
  end loop;
end;
$$;

create temporary table doors as
select l.name as login, d.door
from handoff_ops.roles as l
cross join lateral pg_temp.open_to(l.name) as d (door)
where l.is_login;

select results_eq(
  $$select login, door from doors order by login collate "C", door collate "C"$$,
  $$values
    ('handoff_pages_login', 'set local role handoff_admin'),
    ('handoff_pages_login', 'set local role handoff_metrics'),
    ('handoff_pages_login', 'set local role handoff_pages_login'),
    ('handoff_pages_login', 'set local role handoff_public'),
    ('handoff_pages_login', 'set local role handoff_student'),
    ('handoff_webhook_login', 'set local role handoff_webhook'),
    ('handoff_webhook_login', 'set local role handoff_webhook_login'),
    ('handoff_worker_login', 'set local role handoff_worker'),
    ('handoff_worker_login', 'set local role handoff_worker_login')$$,
  'a login reads no table, executes no function, and may switch to its own roles only'
);

-- `reset role`, as an injected statement would, leads back to the login and no further.
set local session authorization handoff_pages_login;
select lives_ok('set local role handoff_student', 'the pages'' login switches to the student''s role');
select lives_ok('select from handoff.enrollments', 'which reads');
select lives_ok('reset role', 'and back');
select throws_ok('select from handoff.enrollments', '42501', null, 'where nothing can be read');
select throws_ok('set local role handoff_owner', '42501', null, 'it never becomes the owner');
reset session authorization;

set local session authorization handoff_webhook_login;
select lives_ok('set local role handoff_webhook', 'the webhook''s login switches to its role');
select throws_ok('set local role handoff_admin', '42501', null, 'and not to the admin''s');
select lives_ok('reset role', 'and back');
select throws_ok(
  $$select handoff.receive_partner_event('hsi', 'key', '{}')$$, '42501', null, 'where no event can be received'
);
reset session authorization;

set local session authorization handoff_worker_login;
select lives_ok('set local role handoff_worker', 'the worker''s login switches to its role');
select throws_ok('set local role handoff_webhook', '42501', null, 'and not to the webhook''s');
select lives_ok('reset role', 'and back');
select throws_ok($$select handoff.advance_to_next_step(null)$$, '42501', null, 'where nothing moves');
reset session authorization;

select * from finish();
rollback;
