begin;
select plan(2);

select is_empty(
  $$select p.oid::regprocedure
    from pg_catalog.pg_proc as p
    where p.pronamespace in ('handoff'::regnamespace, 'handoff_private'::regnamespace)
      and p.oid <> 'handoff.clock()'::regprocedure
      and regexp_replace(p.prosrc, '--[^\n]*', '', 'g') ~*
        '\m(now\(|clock_timestamp|statement_timestamp|transaction_timestamp|timeofday|localtime|current_(date|time))'$$,
  'no rule reads another clock'
);
select is_empty(
  $$select d.adrelid::regclass
    from pg_catalog.pg_attrdef as d
    join pg_catalog.pg_class as c on c.oid = d.adrelid
    where c.relnamespace = 'handoff'::regnamespace
      and pg_catalog.pg_get_expr(d.adbin, d.adrelid) ~* 'now\(|timestamp|localtime|current_(date|time)'$$,
  'nor does a default of a table'
);

select * from finish();
rollback;
