begin;
select plan(1);

select is_empty(
  $$select a.attrelid::regclass, a.attname from pg_catalog.pg_attribute as a
    join pg_catalog.pg_class as c on c.oid = a.attrelid
    where c.relnamespace = 'handoff'::regnamespace and c.relkind = 'r' and a.attname = 'status' and not a.attnotnull$$,
  'every status is not null'
);

select * from finish();
rollback;
