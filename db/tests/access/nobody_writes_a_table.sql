begin;
select plan(9);

create temporary table given as
  select test.student() as john, test.enroll('cna') as enrollment_id;
grant select on given to public;

create temporary table writing as
select c.oid::regclass as table_name, r.name as role_name, verb.sql as statement,
  test.answer(r.name, format(verb.sql, c.oid::regclass, a.attname)) as answer
from pg_class as c
join pg_attribute as a on a.attrelid = c.oid and a.attnum = 1
join handoff_ops.roles as r on r.name <> 'handoff_owner'
cross join unnest(array[
  'insert into %s default values', 'update %s set %I = default', 'delete from %s', 'truncate %s',
  'lock table %s in exclusive mode', 'create trigger spring before update on %s execute function suppress_redundant_updates_trigger()',
  'create index on %s (%I)', 'alter table %s disable row level security', 'drop table %s'
]) as verb (sql)
where c.relnamespace::regnamespace::text like 'handoff%' and c.relkind in ('r', 'p');
select cmp_ok(count(*), '>=', 1000::bigint, 'each role tries each kind of change on each table') from writing;
select is_empty(
  $$select * from writing where answer is distinct from '42501'$$, 'each is 42501: roles write through functions only'
);

select test.as_student(john) from given;
select throws_ok($$update handoff.profiles set role = 'admin'$$, '42501', null, 'a student can not promote itself');
select throws_ok($$update handoff.profiles set full_name = 'Me'$$, '42501', null, 'nor change anything of the own profile');
select throws_ok(
  $$insert into handoff.enrollments (student_id, program_slug, status, enrolled_at, activated_at)
    select john, 'emt', 'active', now(), now() from given$$,
  '42501', null, 'a student can not enroll itself, with any status'
);
select throws_ok(
  $$update handoff.enrollments set status = 'completed'$$, '42501', null, 'nor set the status of an enrollment'
);
select throws_ok(
  $$update handoff.enrollment_steps set status = 'completed', progress_count = 6$$, '42501', null, 'nor the progress of a step'
);
-- A foreign key is checked without row-level security: who may insert can ask whether a row exists.
select throws_ok(
  $$insert into handoff.certificates (number, enrollment_id, student_id) select 'x', enrollment_id, john from given$$, '42501', null,
  'nor use a foreign key to learn whether a row exists'
);
select is_empty(
  $$select c.oid::regclass from pg_class as c
    where c.relnamespace::regnamespace::text like 'handoff%' and c.relkind = 'r'
      and has_any_column_privilege('handoff_student', c.oid, 'insert, update, references')$$,
  'no table takes a reference or a row from a student'
);

select * from finish();
rollback;
