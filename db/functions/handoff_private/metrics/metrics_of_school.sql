-- The figures are read once. Where no worker has ever counted, they would be counted here, which grows with the
-- students: then there are none.
create or replace function handoff_private.metrics_of_school()
returns table (name text, labels jsonb, value numeric)
language sql
volatile
as $$
  select 'handoff_steps', jsonb_build_object('partner', s.key, 'status', k.status), s.value::numeric
  from handoff.trail_readers as r
  cross join lateral (select handoff.figures_now() -> 'cases') as f (cases)
  cross join (values ('pending'), ('in_progress'), ('completed'), ('failed'), ('skipped')) as k (status)
  cross join lateral jsonb_each_text(coalesce(f.cases -> k.status, '{}')) as s
  where r.name = 'figures' and r.position > r.began
  union all
  select 'handoff_alerts_open', jsonb_build_object('kind', a.kind, 'severity', a.severity), count(*)
  from (
    select w.kind, w.severity
    from handoff.alerts as w
    where w.closed_at is null
    order by w.severity desc, w.opened_at, w.id
    limit 1000
  ) as a
  group by a.kind, a.severity
$$;

comment on function handoff_private.metrics_of_school() is
  'Of the school: its steps by partner and status, and the alerts that are open.';
