-- A new family: a function in handoff_private/metrics, its lines here, and its names in metric_names().
-- It is asked several times a minute, so nothing in it grows with the students: ends of indexes, counts up to a limit,
-- and small tables.
create or replace function handoff.metrics()
returns table (name text, type text, help text, labels jsonb, value numeric)
language sql
volatile
security definer
set search_path = pg_catalog, pg_temp
as $$
  select n.name, n.type, n.help, m.labels, m.value
  from handoff_private.metric_names() as n
  left join (
    select e.name, e.labels, e.value from handoff_private.metrics_of_events() as e
    union all
    select p.name, p.labels, p.value from handoff_private.metrics_of_partners() as p
    union all
    select o.name, o.labels, o.value from handoff_private.metrics_of_outbox() as o
    union all
    select w.name, w.labels, w.value from handoff_private.metrics_of_worker() as w
    union all
    select s.name, s.labels, s.value from handoff_private.metrics_of_school() as s
  ) as m on m.name = n.name
  order by n.name collate "C", m.labels
$$;

comment on function handoff.metrics() is
  'The figures of /metrics: a row for each name and labels, and one without labels and value for a name of which there '
  'is nothing now. Times are seconds since 1970.';
