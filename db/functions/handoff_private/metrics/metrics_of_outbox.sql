-- Mails have no partner. The order names it where it is null, too: else all of them would be read and sorted. An
-- enrollment is looked up for each message: a join reads them all.
create or replace function handoff_private.metrics_of_outbox()
returns table (name text, labels jsonb, value numeric)
language sql
stable
as $$
  with unsettled as (
    select
      m.partner_slug, m.kind, m.status, m.due_at,
      p.slug is not null and (
        p.status = 'disabled'
        or (select e.status = 'on_hold' from handoff.enrollments as e where e.id = m.enrollment_id)
      ) as has_to_wait
    from (
      select o.*
      from handoff.partners as p
      cross join lateral (
        select m.partner_slug, m.kind, m.status, m.due_at, m.enrollment_id
        from handoff.outbox as m
        where m.partner_slug = p.slug and m.due_at is not null
        order by m.due_at
        limit 500
      ) as o
      union all
      (
        select m.partner_slug, m.kind, m.status, m.due_at, m.enrollment_id
        from handoff.outbox as m
        where m.partner_slug is null and m.due_at is not null
        order by m.partner_slug, m.due_at
        limit 500
      )
    ) as m
    left join handoff.partners as p on p.slug = m.partner_slug
  ),
  undelivered as (
    select u.partner_slug, u.kind, u.status, count(*) as messages, max(u.settled_at) as last_at
    from (
      select o.*
      from handoff.partners as p
      cross join lateral (
        select m.partner_slug, m.kind, m.status, m.settled_at
        from handoff.outbox as m
        where m.partner_slug = p.slug and m.status in ('dead', 'unknown')
        order by m.settled_at desc
        limit 500
      ) as o
      union all
      (
        select m.partner_slug, m.kind, m.status, m.settled_at
        from handoff.outbox as m
        where m.partner_slug is null and m.status in ('dead', 'unknown')
        order by m.partner_slug desc, m.settled_at desc
        limit 500
      )
    ) as u
    group by u.partner_slug, u.kind, u.status
  )
  select
    'handoff_outbox_messages',
    jsonb_strip_nulls(jsonb_build_object('partner', u.partner_slug, 'kind', u.kind, 'status', u.status)), count(*)::numeric
  from unsettled as u
  group by u.partner_slug, u.kind, u.status
  union all
  select
    'handoff_outbox_oldest_due_timestamp_seconds',
    jsonb_strip_nulls(jsonb_build_object('partner', u.partner_slug, 'kind', u.kind)), extract(epoch from min(u.due_at))
  from unsettled as u
  where not u.has_to_wait
  group by u.partner_slug, u.kind
  union all
  select
    'handoff_outbox_undelivered',
    jsonb_strip_nulls(jsonb_build_object('partner', u.partner_slug, 'kind', u.kind, 'status', u.status)), u.messages
  from undelivered as u
  union all
  select
    'handoff_outbox_undelivered_last_timestamp_seconds',
    jsonb_strip_nulls(jsonb_build_object('partner', u.partner_slug, 'kind', u.kind, 'status', u.status)),
    extract(epoch from u.last_at)
  from undelivered as u
$$;

comment on function handoff_private.metrics_of_outbox() is
  'Of what goes out: what is not settled yet and since when it is due, and what did not arrive.';
