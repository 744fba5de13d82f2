-- Nothing that is signed names the partner, so under a shared secret a delivery to one verifies at the other. Of two
-- equal ones the first goes on, unless the second counts already. What came before the context told who shares is found
-- by its key.
create or replace function handoff_private.is_known_elsewhere(p_event handoff.partner_events)
returns boolean
language sql
stable
as $$
  select exists (
    select
    from jsonb_array_elements_text(p_event.context -> 'shared_with') as o (slug)
    cross join lateral (
      select e.position, e.status, e.body_sha256
      from handoff.partner_events as e
      where e.partner_slug = o.slug and e.event_key = p_event.event_key
      union all
      select e.position, e.status, e.body_sha256
      from handoff.partner_events as e
      where e.partner_slug = o.slug and e.context ? 'shared_with'
        and e.body_sha256 = coalesce(p_event.body_sha256, sha256(p_event.body))
    ) as e
    where e.body_sha256 = coalesce(p_event.body_sha256, sha256(p_event.body))
      and (p_event.position is null or e.position < p_event.position or e.status = 'accepted')
  )
$$;

comment on function handoff_private.is_known_elsewhere(handoff.partner_events) is
  'True when the same bytes stand at a partner who shares the secret of this event, and came earlier or count.';
