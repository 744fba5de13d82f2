begin;
select plan(3);

select set_eq(
  $$select c.relname::text from pg_catalog.pg_class as c
    where c.relnamespace = 'handoff'::regnamespace and c.relkind in ('r', 'v', 'm') and c.relname ~ 'enrol'$$,
  $$values ('enrollment_steps'), ('enrollments')$$,
  'there is one table of enrollments, and one of their steps'
);
select is_empty(
  $$select a.attrelid::regclass, a.attname from pg_catalog.pg_attribute as a
    join pg_catalog.pg_class as c on c.oid = a.attrelid
    where c.relnamespace = 'handoff'::regnamespace and c.relkind = 'r' and a.attname in ('user_id', 'learner_id')$$,
  'the student has one name in every table: student_id'
);
select is_empty(
  $$select p.oid::regprocedure from pg_catalog.pg_proc as p
    where p.pronamespace in ('handoff'::regnamespace, 'handoff_private'::regnamespace) and p.prosrc ~ '\muser_id\M'$$,
  'and in every function'
);

select * from finish();
rollback;
