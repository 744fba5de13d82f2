create or replace function handoff_private.counts_of_step(p_step_id uuid, out attempts integer, out parts integer)
language sql
stable
as $$
  select
    (
      select count(distinct (e.item_ref, e.partner_completed_at)) filter (where e.partner_completed_at is not null)
        + count(*) filter (where e.partner_completed_at is null)
      from handoff.partner_events as e
      where e.step_id = p_step_id and e.reason = 'attempt_failed'
    ),
    (
      select coalesce(sum(least(k.parts, t.progress_total)), 0)
      from (
        select e.partner_slug, e.event_type, count(distinct e.item_ref) as parts
        from handoff.partner_events as e
        where e.step_id = p_step_id and e.reason = 'progress'
        group by e.partner_slug, e.event_type
      ) as k
      left join handoff.partner_event_types as t on t.partner_slug = k.partner_slug and t.event_type = k.event_type
    )
$$;

comment on function handoff_private.counts_of_step(uuid) is
  'How many failed attempts and parts the events of a step tell of.';
