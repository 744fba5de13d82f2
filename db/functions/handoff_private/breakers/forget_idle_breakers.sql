-- Lock order: breaker.
-- Whom nobody tries can't be reached again, and would be told of as unreachable for ever.
create or replace function handoff_private.forget_idle_breakers()
returns void
language sql
volatile
as $$
  delete from handoff.partner_breakers as b
  where not exists (select from handoff.outbox as o where o.partner_slug = b.partner_slug and o.due_at is not null)
$$;

comment on function handoff_private.forget_idle_breakers() is
  'Partners of whom nothing waits any more are left alone no longer: the next message finds out.';
