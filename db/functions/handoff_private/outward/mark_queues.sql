-- Lock order: queue.
-- A message that is committed later than others may have been due a moment before them, and a lease have begun.
create or replace function handoff_private.mark_queues()
returns void
language sql
volatile
as $$
  insert into handoff.partner_queues as q (partner_slug, due_from, leased_from, marked_at)
  select
    p.slug,
    least(
      handoff.clock(),
      (select min(o.due_at) from handoff.outbox as o where o.partner_slug = p.slug and o.due_at is not null)
    ) - interval '5 seconds',
    (
      select min(o.lease_until) from handoff.outbox as o where o.partner_slug = p.slug and o.lease_token is not null
    ) - interval '5 seconds',
    handoff.clock() - interval '5 seconds'
  from handoff.partners as p
  order by p.slug
  on conflict (partner_slug) do update
  set due_from = excluded.due_from, leased_from = excluded.leased_from, marked_at = excluded.marked_at
$$;

comment on function handoff_private.mark_queues() is
  'Notes where the messages of each partner begin that are not settled. All of them are looked at, so a message that '
  'was made due before the last mark is found at the next.';
