-- Of each partner the 500 oldest events are looked at, so the backlog costs no more than they do. They are asked for as
-- partner_events_open has them: with "parked" the planner takes an index in which all other partners' stand between.
create or replace function handoff.waiting_accounts(p_limit integer default 10)
returns table (partner_slug text, account text, events integer, since timestamptz, receipt uuid)
language sql
stable
set search_path = pg_catalog, pg_temp
as $$
  select w.partner_slug, w.account, n.events, w.since, n.receipt
  from (
    select p.slug as partner_slug, o.account, o.since
    from handoff.partners as p
    cross join lateral (
      select e.external_student_id as account, min(e.received_at) as since
      from (
        select f.external_student_id, f.received_at
        from handoff.partner_events as f
        where f.partner_slug = p.slug and f.reason = 'unknown_student' and f.set_aside_at is null
          and f.status not in ('received', 'accepted', 'ignored')
        order by f.received_at
        limit 500
      ) as e
      where e.external_student_id is not null
      group by e.external_student_id
    ) as o
    order by o.since, p.slug, o.account
    limit p_limit
  ) as w
  cross join lateral (
    select count(*)::integer as events, (array_agg(e.receipt order by e.received_at desc, e.receipt))[1] as receipt
    from (
      select f.receipt, f.received_at
      from handoff.partner_events as f
      where f.partner_slug = w.partner_slug and f.external_student_id = w.account and f.status = 'parked'
        and f.reason = 'unknown_student' and f.set_aside_at is null
      limit 1001
    ) as e
  ) as n
  order by w.since, w.partner_slug, w.account
$$;

comment on function handoff.waiting_accounts(integer) is
  'The partners'' ids of students whom nobody knows yet, the longest waiting first: how many events wait for each, up '
  'to 1001, since when, and the newest of them, with which the id is linked.';
