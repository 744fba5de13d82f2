-- Found within the day after it is due, and then as long as the alert is open.
create or replace function handoff_private.certified_steps(p_now timestamptz)
returns table (enrollment_id uuid, step_id uuid, partner_slug text, certificate_at timestamptz)
language sql
stable
as $$
  select w.enrollment_id, w.step_id, w.partner_slug, min(c.certificate_at)
  from (
    select e.enrollment_id, e.step_id, e.received_at
    from handoff.partner_events as e
    where e.received_at > p_now - interval '2 days' and e.received_at < p_now - interval '1 day' and e.meaning = 'evidence'
      and e.status = 'accepted' and e.step_id is not null
    union all
    select a.enrollment_id, a.step_id, (a.numbers ->> 'certificate_at')::timestamptz
    from handoff.alerts as a
    where a.kind = 'completion_anomaly' and a.about = 'without_completion' and a.closed_at is null
  ) as c (enrollment_id, step_id, certificate_at)
  join handoff.standings as w
    on w.enrollment_id = c.enrollment_id and w.step_id = c.step_id and w.state = 'in_progress'
    and w.since <= c.certificate_at
  group by w.enrollment_id, w.step_id, w.partner_slug
$$;

comment on function handoff_private.certified_steps(timestamptz) is
  'Steps in progress for which the partner gave its certificate more than a day ago, and never told of the completion.';
