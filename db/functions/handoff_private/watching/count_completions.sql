-- Lock order: watch.
-- The caller holds: reader.
create or replace function handoff_private.count_completions(p_from bigint, p_upto bigint)
returns void
language sql
volatile
as $$
  insert into handoff.completion_days as d (day, partner_slug, actor_id, completions, too_soon)
  select
    (t.occurred_at at time zone handoff_private.school_zone())::date, s.partner_slug, h.actor_id, count(*),
    count(*) filter (where e.channel = 'webhook' and t.from_status = 'in_progress' and exists (
      select
      from handoff.step_transitions as b
      where b.step_id = t.step_id and b.to_status = 'in_progress' and b.id < t.id
        and b.occurred_at > t.occurred_at - handoff_private.soonest()
    ))
  from handoff.step_transitions as t
  join handoff.enrollment_steps as s on s.id = t.step_id
  left join handoff.partner_events as e on e.receipt = t.event_receipt
  cross join lateral (
    select case when e.receipt is null or e.channel in ('manual', 'evidence') then t.actor_id end
  ) as h (actor_id)
  where t.id > p_from and t.id <= p_upto and t.to_status = 'completed'
  group by 1, 2, 3
  on conflict on constraint completion_days_once do update
  set completions = d.completions + excluded.completions, too_soon = d.too_soon + excluded.too_soon
$$;

comment on function handoff_private.count_completions(bigint, bigint) is
  'Adds the completions of a part of the audit trail to those of their days.';
