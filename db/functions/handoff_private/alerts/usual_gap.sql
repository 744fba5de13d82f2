create or replace function handoff_private.usual_gap(p_partner_slug text)
returns table (seconds double precision, gaps bigint)
language sql
stable
as $$
  select percentile_cont(0.95) within group (order by extract(epoch from g.gap)), count(*)
  from (
    select d.received_at - lag(d.received_at) over (order by d.received_at)
    from handoff_private.recent_deliveries(p_partner_slug, 200) as d
  ) as g (gap)
  where g.gap >= interval '1 minute'
$$;

comment on function handoff_private.usual_gap(text) is
  'The gap that 95 of 100 between the last deliveries of a partner do not exceed, in seconds, and of how many that is '
  'told.';
