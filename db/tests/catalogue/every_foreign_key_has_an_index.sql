begin;
select plan(2);

-- Without one, each change of the row it points to reads the whole table.
create temporary view fault as
select c.conrelid::regclass as table_name, c.conname
from pg_constraint as c
where c.contype = 'f' and c.connamespace::regnamespace::text like 'handoff%'
  and not exists (
    select
    from pg_index as i
    where i.indrelid = c.conrelid and i.indisvalid
      and (
        (i.indkey::smallint[])[0 : cardinality(c.conkey) - 1] @> c.conkey
        -- One column is enough where it points to a row by itself.
        or exists (
          select from pg_index as u
          where u.indrelid = c.confrelid and u.indisunique and u.indnkeyatts = 1
            and u.indkey[0] = c.confkey[array_position(c.conkey, i.indkey[0])]
        )
      )
      -- A partial index serves when it leaves out only the rows that point nowhere.
      and (i.indpred is null or pg_get_expr(i.indpred, i.indrelid) in (
        select format('(%I IS NOT NULL)', a.attname)
        from pg_attribute as a
        where a.attrelid = c.conrelid and a.attnum = any (c.conkey)
      ))
  );

select is_empty('select * from fault', 'every foreign key begins an index');
create table handoff_ops.pointing (
  one uuid references handoff.profiles, two uuid references handoff.profiles, three uuid references handoff.profiles
);
create index on handoff_ops.pointing (two) where two is not null;
create index on handoff_ops.pointing (three) where one is not null;
select results_eq(
  'select conname from fault order by conname', array['pointing_one_fkey', 'pointing_three_fkey']::name[],
  'one without would be found'
);

select * from finish();
rollback;
