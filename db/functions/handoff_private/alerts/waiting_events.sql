-- What applies by itself after a person's decision about the enrollment or the partner waits for that one.
create or replace function handoff_private.waiting_events(p_now timestamptz)
returns setof handoff_private.finding
language sql
stable
as $$
  select
    'events_waiting', w.severity, w.about, null::uuid, null::uuid, w.partner_slug, null::uuid,
    jsonb_build_object('events', w.events, 'oldest_at', w.oldest_at)
  from (
    select e.partner_slug, e.status, 'notice', count(*), min(e.received_at)
    from handoff.partner_events as e
    where e.status in ('parked', 'rejected') and e.set_aside_at is null and e.received_at < p_now - interval '1 day'
      and e.reason not in ('on_hold', 'awaiting_approval', 'withdrawn', 'partner_disabled')
    group by e.partner_slug, e.status
    union all
    select e.partner_slug, 'conflict', 'notice', count(*), min(c.received_at)
    from handoff.partner_event_conflicts as c
    join handoff.partner_events as e on e.receipt = c.receipt
    where c.received_at < p_now - interval '1 day' and e.set_aside_at is null
    group by e.partner_slug
    union all
    select e.partner_slug, 'due', 'severe', count(*), min(e.due_at)
    from handoff.partner_events as e
    where e.due_at < p_now - interval '1 hour'
    group by e.partner_slug
  ) as w (partner_slug, about, severity, events, oldest_at)
$$;

comment on function handoff_private.waiting_events(timestamptz) is
  'Alerts events_waiting, by partner: parked, rejected and conflict wait for a person for more than a day; due should '
  'have been tried again an hour ago.';
