-- Lock order: event.
-- In order of receipt, as whoever applies several does.
create or replace function handoff_private.mark_due(p_receipts uuid[])
returns void
language sql
volatile
as $$
  with chosen as (
    select e.receipt
    from handoff.partner_events as e
    where e.receipt = any (p_receipts)
    order by e.position
    for no key update
  )
  update handoff.partner_events as e
  set due_at = handoff.clock()
  from chosen as c
  where e.receipt = c.receipt
$$;

comment on function handoff_private.mark_due(uuid[]) is
  'Marks events as due to be tried again; one that was applied meanwhile is left alone then.';
