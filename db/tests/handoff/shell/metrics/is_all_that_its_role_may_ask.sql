begin;
select plan(6);

select set_eq(
  $$select f.oid::regprocedure::text
    from pg_proc as f
    where f.pronamespace::regnamespace::text like 'handoff%' and f.prolang <> 12 and has_function_privilege('handoff_metrics', f.oid, 'execute')$$,
  array['handoff.metrics()'],
  'its role may execute this function alone'
);
select is_empty(
  $$select c.oid::regclass
    from pg_class as c
    where c.relnamespace::regnamespace::text like 'handoff%' and c.relkind in ('r', 'S')
      and (c.relkind = 'r' and has_any_column_privilege('handoff_metrics', c.oid, 'select, insert, update, references')
        or c.relkind = 'S' and has_sequence_privilege('handoff_metrics', c.oid, 'select, usage, update'))$$,
  'and read or write no table'
);
select set_eq(
  $$select r.name from handoff_ops.roles as r
    where r.name <> 'handoff_owner' and has_function_privilege(r.name, 'handoff.metrics()', 'execute')$$,
  array['handoff_metrics'],
  'which nobody else may'
);
select test.act('handoff_metrics');
select is((select count(*) > 10 from handoff.metrics()), true, 'it is told');
select throws_ok('select from handoff.partners', '42501', null, 'and sees nothing by itself');
select test.as_dba();

-- What a family tells under a name that is not listed would be lost.
select is_empty(
  $$select f.name from handoff_private.metrics_of_events() as f
    union select f.name from handoff_private.metrics_of_partners() as f
    union select f.name from handoff_private.metrics_of_outbox() as f
    union select f.name from handoff_private.metrics_of_worker() as f
    except select n.name from handoff_private.metric_names() as n$$,
  'each figure has its name, type and help'
);

select * from finish();
rollback;
