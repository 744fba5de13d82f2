create or replace function handoff.alert_counts()
returns table (kind text, severity text, alerts integer)
language sql
volatile
set search_path = pg_catalog, pg_temp
as $$
  select k.kind, s.severity, n.alerts
  from (select handoff.clock() as now) as c
  cross join (
    values
      ('worker_silent'), ('delivery_failing'), ('webhook_failures'), ('events_waiting'), ('partner_silent'),
      ('completion_anomaly'), ('enrollment_blocked'), ('stuck_student')
  ) as k (kind)
  cross join (values ('severe'), ('notice')) as s (severity)
  cross join lateral (
    select count(*)::integer
    from (
      select
      from handoff.alerts as a
      where a.kind = k.kind and a.severity = s.severity and a.closed_at is null and a.acknowledged_at is null
        and coalesce(a.snoozed_until <= c.now, true)
      limit 1001
    ) as a
  ) as n (alerts)
  where n.alerts > 0
$$;

comment on function handoff.alert_counts() is
  'How many new alerts there are of each kind and severity, counted up to 1001.';
